import { expect, it } from 'vitest';
import { compareCells, sortable } from './order.ts';

it('orders numbers by size and texts by the numbers in them', () => {
  expect([10, 9, 1e-3].sort(compareCells)).toEqual([1e-3, 9, 10]);
  expect(['run 10', 'run 2', 'Run 1'].sort(compareCells)).toEqual(['Run 1', 'run 2', 'run 10']);
});

it('gives nothing and NaN no place in an order', () => {
  expect([null, NaN, Infinity, 0, ''].map(sortable)).toEqual([undefined, undefined, Infinity, 0, '']);
});
