import { expect, it } from 'vitest';
import { smooth } from './smooth.ts';

it('starts at the first value and follows the debiased average', () => {
  expect([...smooth([1, 2, 3], 0.5)]).toEqual([
    1,
    (0.25 * 1 + 0.5 * 2) / 0.75,
    (0.125 * 1 + 0.25 * 2 + 0.5 * 3) / 0.875,
  ]);
});

it('leaves the values as they are at weight 0', () => {
  expect([...smooth([1, -4, 2.5], 0)]).toEqual([1, -4, 2.5]);
});

it('shows what is not finite and goes on without it', () => {
  const smoothed = smooth([2, Number.NaN, Infinity, 2], 0.9);
  expect(smoothed[1]).toBeNaN();
  expect(smoothed[2]).toBe(Infinity);
  expect(smoothed[3]).toBeCloseTo(2, 12);
});
