import { mean, sampleStd } from './seeds.ts';
import { twoSidedStudentQuantile } from './studentQuantile.ts';

/** What separates the means of two groups of runs. */
export interface MeanDifference {
  /** Mean of the first less mean of the second. */
  readonly difference: number;
  /** Two-sided 95 % interval; null where either group has fewer than two values. */
  readonly interval: { readonly low: number; readonly high: number } | null;
}

const LEVEL = 0.95;

/**
 * The difference of two means with Welch's interval (1947), which does not take the two groups' variances for equal: its
 * degrees of freedom are those of Welch and Satterthwaite. All values are finite, and each group has at least one.
 */
export function welchDifference(values: readonly number[], others: readonly number[]): MeanDifference {
  const difference = mean(values) - mean(others);
  if (values.length < 2 || others.length < 2) return { difference, interval: null };
  const one = sampleStd(values) ** 2 / values.length;
  const variance = one + sampleStd(others) ** 2 / others.length;
  if (variance === 0) return { difference, interval: { low: difference, high: difference } };
  const share = one / variance;
  const degrees = 1 / (share ** 2 / (values.length - 1) + (1 - share) ** 2 / (others.length - 1));
  const half = twoSidedStudentQuantile(LEVEL, degrees) * Math.sqrt(variance);
  return { difference, interval: { low: difference - half, high: difference + half } };
}
