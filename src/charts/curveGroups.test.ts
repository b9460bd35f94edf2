import { expect, it } from 'vitest';
import { runRow } from '../analysis/runRow.fixture.ts';
import type { EpochRow } from '../contract/run.ts';
import { groupedCurve } from './groupedCurve.ts';
import { chartTheme } from './theme.ts';
import { curveGroups, curveMember, onSharedAxes } from './curveGroups.ts';

const run = (id: number, version: 'v1' | 'v2', depth: number, seed: number) =>
  curveMember(runRow({ id, network: { version, depth, block: 'basic' }, recipe: { seed } }), []);
const v1 = { id: 'v1', label: 'V1' } as const;
const v2 = { id: 'v2', label: 'V2' } as const;
const epoch = (runId: number, number: number, testAccuracy: number): EpochRow => ({
  runId,
  epoch: number,
  step: 22 * number,
  trainLoss: 1 / number,
  trainAccuracy: testAccuracy,
  validationLoss: null,
  validationAccuracy: null,
  testLoss: 1 / number,
  testAccuracy,
  learningRate: 0.1,
  elapsedMs: 1000,
});

const members = [run(1, 'v1', 20, 1), run(2, 'v2', 8, 1), run(3, 'v1', 8, 1), run(4, 'v1', 8, 2), run(5, 'v1', 8, 3)];
const epochs = new Map([
  [1, [epoch(1, 1, 0.4)]],
  [2, [epoch(2, 1, 0.9), epoch(2, 2, 0.95)]],
  [3, [epoch(3, 1, 0.5)]],
  [4, [epoch(4, 1, 0.6)]],
  [5, []],
]);

it('groups over seeds, without the runs that have no epoch yet', () => {
  const groups = curveGroups(members, epochs, v1);
  expect(groups.map(({ depth, members: own }) => [depth, ...own.map(({ runId }) => runId)])).toEqual([
    [8, 3, 4],
    [20, 1],
  ]);
});

it('gives V1 and V2 the same axes, as long as the runs will be', () => {
  const theme = chartTheme(() => '');
  const charts = [v1, v2].map((head) =>
    groupedCurve({ groups: curveGroups(members, epochs, head), metric: 'testAccuracy', theme }),
  );
  const [left, right] = onSharedAxes(charts, 5).map(({ home }) => home);
  expect(left).toEqual(right);
  expect(left).toMatchObject({ x: { min: 1, max: 5 } });
  expect(left!.y.min).toBeLessThanOrEqual(40);
  expect(left!.y.max).toBeGreaterThanOrEqual(95);
});
