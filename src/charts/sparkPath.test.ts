import { expect, it } from 'vitest';
import { sparkPath } from './sparkPath.ts';

it('runs from edge to edge, high values at the top', () => {
  expect(sparkPath([0, 1, 0.5], 22, 12)).toBe('M1 11L11 1L21 6');
});

it('leaves gaps for what is not finite, and a dot for a value alone', () => {
  expect(sparkPath([0, NaN, 1, NaN, 0, 1], 12, 12)).toBe('M1 11h0M5 1h0M9 11L11 1');
});

it('stands in the middle where nothing changes', () => {
  expect(sparkPath([3, 3], 10, 10)).toBe('M1 5L9 5');
});

it('is empty without a finite value', () => {
  expect([sparkPath([], 10, 10), sparkPath([NaN], 10, 10)]).toEqual(['', '']);
});

it('keeps the peak of a long series', () => {
  const values = new Float32Array(10_000);
  values[7777] = 1;
  const path = sparkPath(values, 72, 18);
  expect(path.length).toBeLessThan(3000);
  expect(path).toContain(' 1L');
});
