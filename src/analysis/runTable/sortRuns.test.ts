import { expect, it } from 'vitest';
import { runRow } from '../runRow.fixture.ts';
import { sortRuns } from './sortRuns.ts';

const context = { studyNames: new Map<number, string>(), health: new Map() };
const runs = [
  runRow({ id: 1, testAccuracy: 0.9, lastStep: 5 }),
  runRow({ id: 2, testAccuracy: null, lastStep: 7 }),
  runRow({ id: 3, testAccuracy: 0.95, lastStep: 5 }),
  runRow({ id: 4, testAccuracy: 0.9, lastStep: 7 }),
];
const sorted = (...sorting: { column: string; descending: boolean }[]) =>
  sortRuns(runs, sorting, context).map(({ id }) => id);

it('sorts runs by several columns, those without a value last either way', () => {
  const best = { column: 'testAccuracy', descending: true };
  expect(sorted(best)).toEqual([3, 1, 4, 2]);
  expect(sorted({ ...best, descending: false })).toEqual([1, 4, 3, 2]);
  expect(sorted(best, { column: 'id', descending: true })).toEqual([3, 4, 1, 2]);
});

it('leaves the order as it is for a column that is not known', () => {
  expect(sorted({ column: 'later', descending: true })).toEqual([1, 2, 3, 4]);
});
