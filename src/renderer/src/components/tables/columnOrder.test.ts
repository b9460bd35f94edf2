import { expect, it } from 'vitest';
import { movedId, orderedIds } from './columnOrder.ts';

it('keeps an order over columns that come and go', () => {
  expect(orderedIds(['a', 'b', 'c'], ['c', 'gone', 'a'])).toEqual(['c', 'a', 'b']);
});

it('moves a column by a place, not over the ends', () => {
  expect(movedId(['a', 'b', 'c'], 'b', 1)).toEqual(['a', 'c', 'b']);
  expect(movedId(['a', 'b', 'c'], 'b', -1)).toEqual(['b', 'a', 'c']);
  expect(movedId(['a', 'b'], 'a', -1)).toEqual(['a', 'b']);
  expect(movedId(['a', 'b'], 'b', 1)).toEqual(['a', 'b']);
});
