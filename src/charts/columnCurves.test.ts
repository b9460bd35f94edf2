import { expect, it } from 'vitest';
import { runColumn } from '../analysis/comparison/columns.ts';
import { epochsOf } from '../analysis/comparison/comparison.fixture.ts';
import { runRow } from '../analysis/runRow.fixture.ts';
import { columnLooks } from './columnLooks.ts';
import { columnGroups, epochAxis } from './columnCurves.ts';

const columns = [1, 2, 3].map((id) => runColumn(runRow({ id, recipe: { batchSize: 32 * id } })));
const epochs = new Map([
  [1, epochsOf(1, [0.5, 0.9])],
  [2, epochsOf(2, [0.6])],
]);

it('are of the columns that have the result, under their names and colours', () => {
  const looks = columnLooks(columns);
  const groups = columnGroups(columns, looks, epochs, 'testAccuracy');
  expect(groups.map(({ name }) => name)).toEqual(['#1 resnet_v2_110', '#2 resnet_v2_110']);
  expect(groups[1]!.colours).toBe(looks[1]!.colours);
  expect(groups[0]!.members).toMatchObject([{ runId: 1, epochs: [{ epoch: 1 }, { epoch: 2 }] }]);
  expect(columnGroups(columns, looks, epochs, 'validationAccuracy')).toEqual([]);
});

it('stand at steps, at each run’s own number of images, or at its measured time', () => {
  const [row] = epochs.get(2)!;
  expect(epochAxis('epoch', columns)).toBeNull();
  expect(epochAxis('step', columns)!.at(row!)).toBe(22);
  expect(epochAxis('images', columns)!.at(row!)).toBe(22 * 64);
  expect(epochAxis('time', columns)!.at(row!)).toBe(1);
});
