import { describe, expect, it } from 'vitest';
import type { EpochRow } from '../contract/run.ts';
import { groupCurve } from './groupCurve.ts';
import { groupedCurve, type CurveGroup } from './groupedCurve.ts';
import { chartTheme } from './theme.ts';

const theme = chartTheme(() => '');

function epochs(runId: number, accuracies: readonly number[]): EpochRow[] {
  return accuracies.map((testAccuracy, index) => ({
    runId,
    epoch: index + 1,
    step: 22 * (index + 1),
    trainLoss: 1 / (index + 1),
    trainAccuracy: testAccuracy,
    validationLoss: null,
    validationAccuracy: null,
    testLoss: index === 1 ? NaN : 0.5,
    testAccuracy,
    learningRate: 0.1,
    elapsedMs: 1000 * index,
  }));
}

const group: CurveGroup = {
  series: 'v1',
  label: 'V1',
  depth: 20,
  members: [
    { runId: 1, seed: 1, epochs: epochs(1, [0.5, 0.7, 0.9]) },
    { runId: 2, seed: 2, epochs: epochs(2, [0.6, 0.8]) },
  ],
};

describe('the curve of a group', () => {
  const members = [
    { xs: [1, 2, 3], ys: [1, 2, NaN] },
    { xs: [1, 2], ys: [3, NaN] },
  ];

  it('has the mean, lowest and highest of what is finite, and says of how many', () => {
    const curve = groupCurve(members, 'minMax');
    expect(Array.from(curve.means)).toEqual([2, 2, NaN]);
    expect(Array.from(curve.lows)).toEqual([1, NaN, NaN]);
    expect(Array.from(curve.highs)).toEqual([3, NaN, NaN]);
    expect(Array.from(curve.counts)).toEqual([2, 1, 0]);
  });

  it('has the interval of the mean', () => {
    const { lows, highs } = groupCurve(members, 'interval');
    // t(0.975, 1) = 12.706; s / sqrt(n) = 1.
    expect(highs[0]! - 2).toBeCloseTo(12.706, 3);
    expect(2 - lows[0]!).toBeCloseTo(12.706, 3);
  });
});

type Series = { type: string; name: string; data: Float64Array };
const seriesOf = (chart: ReturnType<typeof groupedCurve>) => chart.option.series as Series[];

describe('the chart of groups', () => {
  it('draws a mean in a band, and the seeds on demand', () => {
    const options = { groups: [group], metric: 'testAccuracy', theme } as const;
    expect(seriesOf(groupedCurve(options)).map(({ type }) => type)).toEqual(['line', 'custom']);
    expect(Array.from(seriesOf(groupedCurve(options))[0]!.data)).toEqual([1, 55, 2, 75, 3, 90].map(expectNear));
    expect(seriesOf(groupedCurve({ ...options, showMembers: true }))).toHaveLength(4);
  });

  it('says in the legend of how many runs, and in the readout what the band is', () => {
    const chart = groupedCurve({ groups: [group], metric: 'testAccuracy', theme, showMembers: true });
    expect(chart.option.legend).toMatchObject({ data: ['V1-20 (n = 2)'] });
    const { title, rows } = chart.readout(1.2)!;
    expect(title).toBe('Epoch 1');
    expect(rows.map(({ name, runId }) => [name, runId])).toEqual([
      ['seed 2', 2],
      ['V1-20', undefined],
      ['seed 1', 1],
    ]);
    expect(rows[1]!.aside).toContain('n = 2');
  });

  it('marks an epoch that is not finite at the foot', () => {
    const chart = groupedCurve({ groups: [group], metric: 'testLoss', theme });
    expect(seriesOf(chart).filter(({ type }) => type === 'custom')).toHaveLength(3);
    expect(chart.readout(2)!.rows[0]).toMatchObject({ y: null, value: 'NaN' });
  });

  it('has a row an epoch in its table', () => {
    const { rows } = groupedCurve({ groups: [group], metric: 'testAccuracy', theme }).table();
    expect(rows).toHaveLength(3);
    expect(rows[2]!.slice(0, 4)).toEqual(['V1-20', 'V1', 20, 3]);
    expect(rows[2]!.slice(5)).toEqual([null, null, 1]);
  });

  it('stands on another axis, where the mean is at its members’ mean place', () => {
    const axis = { name: 'Time', at: ({ runId, epoch }: EpochRow) => runId * epoch, say: (x: number) => `after ${x}` };
    const chart = groupedCurve({ groups: [group], metric: 'testAccuracy', theme, axis });
    const { heads, rows } = chart.table();
    expect(heads[4]).toBe('Time');
    expect(rows.map((row) => row.slice(3, 5))).toEqual([
      [1, 1.5],
      [2, 3],
      [3, 3],
    ]);
    expect(chart.readout(1.4)).toMatchObject({ title: 'after 1.5', rows: [{ name: 'V1-20' }] });
  });

  it('takes the mean of a baseline from every value of the same epoch, so that the baseline itself is 0', () => {
    const other = { ...group, name: 'other', members: [{ runId: 3, seed: 1, epochs: epochs(3, [0.65, 0.7]) }] };
    const groups = [group, other];
    const { rows } = groupedCurve({ groups, metric: 'testAccuracy', theme, baseline: group.members }).table();
    const means = rows.map(([name, , , epoch, mean]) => [name, epoch, Number(mean).toFixed(9)]);
    expect(means).toEqual([
      ['V1-20', 1, '0.000000000'],
      ['V1-20', 2, '0.000000000'],
      ['V1-20', 3, '0.000000000'],
      ['other', 1, '10.000000000'],
      ['other', 2, '-5.000000000'],
    ]);
  });
});

function expectNear(value: number): unknown {
  return expect.closeTo(value, 6);
}
