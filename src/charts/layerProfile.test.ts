import { expect, it } from 'vitest';
import { normProfile } from './normProfile.ts';
import { ofFlow, type LayerProfile } from './layerProfile.ts';
import { chartTheme } from './theme.ts';

const flow = {
  runId: 1,
  step: 40,
  isObserved: true,
  quantities: [
    { quantity: 'deadFraction' as const, layers: ['stem.relu', 'head.relu'], values: Float32Array.of(0, 0.25) },
  ],
};

it('picks one quantity of a step, and none where it was not observed', () => {
  expect(ofFlow(flow, 'deadFraction')).toEqual({
    runId: 1,
    step: 40,
    quantity: 'deadFraction',
    layers: [
      { name: 'stem.relu', value: 0 },
      { name: 'head.relu', value: 0.25 },
    ],
  });
  expect(ofFlow(flow, 'updateRatio')).toBeNull();
});

it('of ReLUs is one line, with shares in percent where they are read', () => {
  const profile: LayerProfile = ofFlow(flow, 'deadFraction')!;
  const chart = normProfile({
    runs: [{ name: 'V2', version: 'v2', profile }],
    quantity: 'deadFraction',
    theme: chartTheme(() => ''),
    logY: false,
  });
  const [line] = chart.option.series as { data: Float64Array }[];
  expect(Array.from(line!.data)).toEqual([1, 0, 2, 0.25]);
  expect(chart.home.y.name).toBe('Dead channels (share)');
  expect(chart.readout(1)!.rows).toMatchObject([{ value: '0 %', y: 0 }]);
  expect(chart.readout(2)!.rows).toMatchObject([{ value: '25.00 %', y: 0.25 }]);
});
