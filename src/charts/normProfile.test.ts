import { expect, it } from 'vitest';
import { normProfile } from './normProfile.ts';
import { chartTheme } from './theme.ts';

const theme = chartTheme(() => '');
const layers = ['stem.conv.weight', 'stage1.unit1.conv1.weight', 'stage2.unit1.conv1.weight', 'head.dense.bias'];
const run = (version: 'v1' | 'v2', norms: readonly number[]) => ({
  name: version.toUpperCase(),
  version,
  profile: {
    runId: 1,
    step: 7,
    quantity: 'gradientNorm' as const,
    layers: norms.map((value, index) => ({ name: layers[index]!, value })),
  },
});

type Series = { type: string; data: Float64Array; markArea?: { data: unknown[] } };

it('draws both networks, with the stages of the first behind', () => {
  const chart = normProfile({ runs: [run('v1', [1, 0.1, 0.01, 1]), run('v2', [1, 1, 1])], theme });
  const [v1, dots, v2] = chart.option.series as Series[];
  expect(Array.from(v1!.data)).toEqual([1, 1, 2, 0.1, 3, 0.01]);
  expect(dots).toMatchObject({ type: 'scatter', data: Float64Array.of(4, 1) });
  expect(v1!.markArea!.data).toHaveLength(4);
  expect(v2!.markArea).toBeUndefined();
  expect(chart.home.x).toMatchObject({ min: 0.5, max: 4.5 });
});

it('names the layer and says what cannot be drawn', () => {
  const chart = normProfile({ runs: [run('v1', [1, 0, NaN, 1])], theme });
  expect((chart.option.series as Series[])[2]).toMatchObject({ type: 'custom', data: Float64Array.of(2, NaN, 3, NaN) });
  expect(chart.readout(2.2)).toMatchObject({
    title: 'Layer 2 of 4',
    rows: [{ note: layers[1], value: '0 (underflow)', y: null }],
  });
});

it('shows zero on a linear axis', () => {
  const chart = normProfile({ runs: [run('v1', [1, 0, 2, 1])], theme, logY: false });
  expect(chart.option.series).toHaveLength(2);
});

it('draws an empty frame without runs', () => {
  expect(normProfile({ runs: [], theme }).readout(1)).toBeNull();
});
