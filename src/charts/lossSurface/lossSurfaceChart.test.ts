import { expect, it } from 'vitest';
import type { LossSurface } from '../../contract/lossSurface.ts';
import { chartTheme } from '../theme.ts';
import { lossLevels, lossScale } from './lossScale.ts';
import { lossSurfaceChart } from './lossSurfaceChart.ts';

const surface: LossSurface = {
  network: 'resnet_v1_8',
  input: { height: 8, width: 8, channels: 1, classes: 10 },
  step: 3,
  data: 'digits',
  part: 'train',
  images: 16,
  seed: 0,
  coordinates: [-1, 0, 1],
  loss: [
    [4, 2, NaN],
    [2, 0.5, 3],
    [8, 2, 4],
  ],
  accuracy: [
    [0.1, 0.2, 0],
    [0.3, 0.9, 0.2],
    [0.1, 0.2, 0.1],
  ],
};
const chartOf = (scale = lossScale([surface])) =>
  lossSurfaceChart({ runId: 7, surface, scale, theme: chartTheme(() => '') });

it('has a cell for every point, half a cell beyond the outermost', () => {
  const { home, option } = chartOf();
  expect(home.x).toMatchObject({ min: -1.5, max: 1.5 });
  const [cells] = option.series as { data: Float64Array }[];
  expect(Array.from(cells!.data).slice(0, 6)).toEqual([-1, -1, 4, 0, -1, 2]);
  expect(cells!.data).toHaveLength(27);
});

it('says loss and accuracy of the point under the pointer, and at the height of the checkpoint without one', () => {
  const chart = chartOf();
  expect(chart.readout(0.9, 0.8)).toMatchObject({
    title: 'At 1 and 1',
    x: 1,
    rows: [{ value: '4.000' }, { value: '10.00 %' }],
  });
  expect(chart.readout(0.1)).toMatchObject({ title: 'At 0 and 0', rows: [{ value: '0.5000' }, {}] });
  expect(chart.readout(1, -1)!.rows[0]).toMatchObject({ value: 'not finite' });
});

it('has every point in its table', () => {
  const { heads, rows } = chartOf().table();
  expect(rows).toHaveLength(9);
  expect(rows[1]).toEqual([7, 'resnet_v1_8', 3, 16, 'train', 0, 0, -1, 2, 0.2]);
  expect(heads).toHaveLength(rows[0]!.length);
});

it('spans all surfaces with one scale, of four decades at most, and has round levels', () => {
  expect(lossScale([surface])).toEqual([0.5, 8]);
  expect(lossScale([surface, { loss: [[0.1, 1e9]] }])).toEqual([0.1, 1000]);
  expect(lossScale([{ loss: [[0, 0]] }])[0]).toBeGreaterThan(0);
  expect(lossScale([{ loss: [[NaN]] }])).toEqual([1, 10]);
  expect(lossLevels([0.3, 30])).toEqual([0.5, 1, 2, 5, 10, 20]);
  expect(lossLevels([2, 3]).length).toBeGreaterThan(2);
});
