import { mean } from '../seeds.ts';
import { twoSidedStudentProbability, twoSidedStudentQuantile } from '../studentQuantile.ts';

/** A line y = intercept + slope x through points. */
export interface LineFit {
  readonly n: number;
  readonly intercept: number;
  readonly slope: number;
  readonly slopeInterval: { readonly low: number; readonly high: number };
  /** Two-sided, that the slope is 0. */
  readonly p: number;
  readonly rSquared: number;
  /** Residual standard error, n - 2 degrees of freedom, in the unit of y. */
  readonly residualStd: number;
  /** The line at x and the interval of the mean there, not of a single run. */
  at(x: number): { readonly value: number; readonly low: number; readonly high: number };
}

/** Ordinary least squares with Student intervals; null for fewer than three points, and where all have one x. */
export function leastSquares(xs: readonly number[], ys: readonly number[], level = 0.95): LineFit | null {
  const n = xs.length;
  if (n < 3) return null;
  const [xMean, yMean] = [mean(xs), mean(ys)];
  const squares = xs.reduce((sum, x) => sum + (x - xMean) ** 2, 0);
  if (squares === 0) return null;
  const slope = xs.reduce((sum, x, index) => sum + (x - xMean) * (ys[index]! - yMean), 0) / squares;
  const intercept = yMean - slope * xMean;
  const residual = xs.reduce((sum, x, index) => sum + (ys[index]! - intercept - slope * x) ** 2, 0);
  const total = ys.reduce((sum, y) => sum + (y - yMean) ** 2, 0);
  const residualStd = Math.sqrt(residual / (n - 2));
  const slopeStd = residualStd / Math.sqrt(squares);
  const factor = twoSidedStudentQuantile(level, n - 2);
  return {
    n,
    intercept,
    slope,
    slopeInterval: { low: slope - factor * slopeStd, high: slope + factor * slopeStd },
    p: slopeStd === 0 ? 0 : twoSidedStudentProbability(slope / slopeStd, n - 2),
    rSquared: total === 0 ? 0 : 1 - residual / total,
    residualStd,
    at: (x) => {
      const value = intercept + slope * x;
      const half = factor * residualStd * Math.sqrt(1 / n + (x - xMean) ** 2 / squares);
      return { value, low: value - half, high: value + half };
    },
  };
}
