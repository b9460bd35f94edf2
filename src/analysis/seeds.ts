import { twoSidedStudentQuantile } from './studentQuantile.ts';

/** What several seeds say together. */
export interface SeedSummary {
  readonly n: number;
  /** Null where there are no values. */
  readonly mean: number | null;
  /** Sample standard deviation (n - 1); null where n < 2. */
  readonly std: number | null;
  /** Two-sided 95 % Student t interval of the mean; null where n < 2, and where all values are equal: it would have no width. */
  readonly interval: { readonly low: number; readonly high: number } | null;
}

export function mean(values: readonly number[]): number {
  return values.reduce((sum, value) => sum + value, 0) / values.length;
}

/** Square root of the unbiased variance. Needs two values. */
export function sampleStd(values: readonly number[]): number {
  const centre = mean(values);
  return Math.sqrt(values.reduce((sum, value) => sum + (value - centre) ** 2, 0) / (values.length - 1));
}

/** Whether a standard deviation is nothing but the rounding of equal values. */
export function hasNoSpread(std: number, centre: number): boolean {
  return std <= 1e-12 * Math.max(1, Math.abs(centre));
}

/** The two-sided Student t interval of the mean: mean ± t(n - 1) s / √n. Needs two values. */
export function studentInterval(values: readonly number[], level = 0.95): { low: number; high: number } {
  const centre = mean(values);
  const factor = twoSidedStudentQuantile(level, values.length - 1);
  const half = (factor * sampleStd(values)) / Math.sqrt(values.length);
  return { low: centre - half, high: centre + half };
}

/** `values` are finite; a run whose result is not finite has failed and is counted elsewhere. */
export function summarise(values: readonly number[]): SeedSummary {
  if (values.length === 0) return { n: 0, mean: null, std: null, interval: null };
  if (values.length === 1) return { n: 1, mean: values[0]!, std: null, interval: null };
  const [centre, std] = [mean(values), sampleStd(values)];
  if (hasNoSpread(std, centre)) return { n: values.length, mean: centre, std: 0, interval: null };
  return { n: values.length, mean: centre, std, interval: studentInterval(values) };
}
