import { hasNoSpread, mean, sampleStd } from '../seeds.ts';
import { normalProbability, normalQuantile } from './normal.ts';
import { resampledMeans } from './resampledMeans.ts';

interface Interval {
  readonly low: number;
  readonly high: number;
}

/** Bootstrap intervals of a mean (Efron and Tibshirani 1993, chapters 13 and 14). */
export interface BootstrapIntervals {
  /** Quantiles of the bootstrap distribution. */
  readonly percentile: Interval;
  /** Bias-corrected and accelerated. */
  readonly bca: Interval;
  /** Whether all n^n resamples were taken (n <= 6); else 10,000 drawn by a fixed seed. */
  readonly isExact: boolean;
}

/** Differences below this share of the values are rounding. */
const ROUNDING = 1e-12;

/**
 * Two-sided bootstrap intervals of the mean; null for fewer than two values and for equal ones, whose resamples say nothing.
 * With few values they are too narrow: at n = 5 the spread of the resamples is that of variance n rather than n - 1, and no
 * resample leaves the range of the values.
 */
export function bootstrapIntervals(values: readonly number[], level = 0.95): BootstrapIntervals | null {
  if (values.length < 2 || hasNoSpread(sampleStd(values), mean(values))) return null;
  const { means, isExact } = resampledMeans(values);
  const tail = (1 - level) / 2;
  const [low, high] = bcaProbabilities(values, means, tail);
  return {
    percentile: { low: quantile(means, tail), high: quantile(means, 1 - tail) },
    bca: { low: quantile(means, low), high: quantile(means, high) },
    isExact,
  };
}

/** The probabilities at which the bias-corrected and accelerated interval reads the distribution (equations 14.9 to 14.15). */
function bcaProbabilities(values: readonly number[], means: Float64Array, tail: number): [number, number] {
  const centre = mean(values);
  const rounding = ROUNDING * Math.max(...values.map(Math.abs));
  const below = means.reduce((count, value) => count + shareBelow(value - centre, rounding), 0);
  const bias = normalQuantile(below / means.length);
  const acceleration = accelerationOf(values);
  const adjusted = (z: number) => normalProbability(bias + (bias + z) / (1 - acceleration * (bias + z)));
  return [adjusted(normalQuantile(tail)), adjusted(normalQuantile(1 - tail))];
}

/** A resample that has the mean itself counts half on either side. */
function shareBelow(distance: number, rounding: number): number {
  if (Math.abs(distance) <= rounding) return 0.5;
  return distance < 0 ? 1 : 0;
}

/** From the skew of the jackknife's means, each without one value. */
function accelerationOf(values: readonly number[]): number {
  const total = values.reduce((sum, value) => sum + value, 0);
  const left = values.map((value) => (total - value) / (values.length - 1));
  const centre = mean(left);
  const moment = (power: number) => left.reduce((sum, value) => sum + (centre - value) ** power, 0);
  return moment(3) / (6 * moment(2) ** 1.5);
}

/** With linear interpolation between neighbours, as NumPy's default. */
function quantile(sorted: Float64Array, probability: number): number {
  const place = probability * (sorted.length - 1);
  const before = Math.floor(place);
  const low = sorted[before]!;
  const high = sorted[Math.min(before + 1, sorted.length - 1)]!;
  return low + (place - before) * (high - low);
}
