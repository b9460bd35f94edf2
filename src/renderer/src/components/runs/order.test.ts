import { expect, it } from 'vitest';
import { clock } from './clock.ts';
import { compareCells, sortable } from './order.ts';

it('orders numbers by size and texts by the numbers in them', () => {
  expect([10, 9, 1e-3].sort(compareCells)).toEqual([1e-3, 9, 10]);
  expect(['run 10', 'run 2', 'Run 1'].sort(compareCells)).toEqual(['Run 1', 'run 2', 'run 10']);
});

it('gives nothing and NaN no place in an order', () => {
  expect([null, NaN, Infinity, 0, ''].map(sortable)).toEqual([undefined, undefined, Infinity, 0, '']);
});

it.each([
  [3.6, '0:04'],
  [59.6, '1:00'],
  [750, '12:30'],
  [18_720, '5:12:00'],
])('%s seconds read %s', (seconds, text) => {
  expect(clock(seconds)).toBe(text);
});
