import { expect, it } from 'vitest';
import { between, toggled, toggledAll } from './selection.ts';

it('puts in and takes out', () => {
  expect(toggled(new Set([1, 2]), 2)).toEqual(new Set([1]));
  expect(toggled(new Set([1]), 2)).toEqual(new Set([1, 2]));
});

it('puts a whole group in, and out again', () => {
  const all = toggledAll(new Set([1, 9]), [1, 2, 3]);
  expect(all).toEqual(new Set([1, 9, 2, 3]));
  expect(toggledAll(all, [1, 2, 3])).toEqual(new Set([9]));
});

it('reaches from one to the other in either direction', () => {
  const shown = [5, 4, 3, 2, 1];
  expect(between(shown, 4, 2)).toEqual([4, 3, 2]);
  expect(between(shown, 2, 4)).toEqual([4, 3, 2]);
  expect(between(shown, null, 3)).toEqual([3]);
  expect(between(shown, 7, 3)).toEqual([3]);
});
