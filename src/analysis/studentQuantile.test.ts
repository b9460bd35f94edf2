import { expect, it } from 'vitest';
import { twoSidedStudentQuantile } from './studentQuantile.ts';

/** scipy.stats.t.ppf((1 + p) / 2, n), SciPy 1.17.1. */
it.each([
  [0.95, 1, 12.706204736174694],
  [0.95, 2, 4.302652729749462],
  [0.95, 3, 3.1824463052837078],
  [0.95, 4, 2.7764451051977934],
  [0.95, 29, 2.045229642132703],
  [0.95, 999, 1.9623414611334493],
  [0.5, 5, 0.7266868438004226],
  [0.999, 10, 4.586893858702708],
])('%d within, %d degrees', (probability, degrees, quantile) => {
  expect(twoSidedStudentQuantile(probability, degrees)).toBeCloseTo(quantile, 9);
});
