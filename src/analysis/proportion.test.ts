import { expect, it } from 'vitest';
import { proportion } from './proportion.ts';

it.each([
  // scipy.stats.binomtest(count, total).proportion_ci(method='wilson')
  [351, 360, 0.953177, 0.986793],
  [0, 10, 0, 0.277533],
  [10, 10, 0.722467, 1],
  [1, 2, 0.094531, 0.905469],
])('is as SciPy has it: %i of %i', (count, total, low, high) => {
  const { fraction, interval } = proportion(count, total);
  expect(fraction).toBe(count / total);
  expect(interval[0]).toBeCloseTo(low, 6);
  expect(interval[1]).toBeCloseTo(high, 6);
});
