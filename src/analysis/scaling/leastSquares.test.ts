import { expect, it } from 'vitest';
import { leastSquares } from './leastSquares.ts';

it('finds a line that is there, with no doubt', () => {
  const fit = leastSquares([1, 2, 4], [5, 7, 11])!;
  expect(fit).toMatchObject({ n: 3, slope: 2, intercept: 3, rSquared: 1, residualStd: 0, p: 0 });
  expect(fit.at(10)).toEqual({ value: 23, low: 23, high: 23 });
});

it('fits no line to two points, nor to one depth', () => {
  expect(leastSquares([1, 2], [1, 2])).toBeNull();
  expect(leastSquares([3, 3, 3], [1, 2, 3])).toBeNull();
});
