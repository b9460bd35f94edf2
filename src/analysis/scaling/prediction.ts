import { mean, sampleStd } from '../seeds.ts';
import { twoSidedStudentQuantile } from '../studentQuantile.ts';

/**
 * Where the mean of `further` runs more, made in the same way, lies with 95 %: mean ± t(n - 1) s √(1/n + 1/further). Wider
 * than the interval of the mean, because those runs have a spread too. Needs two values.
 */
export function predictionInterval(
  values: readonly number[],
  further: number,
  level = 0.95,
): { low: number; high: number } {
  const centre = mean(values);
  const factor = twoSidedStudentQuantile(level, values.length - 1);
  const half = factor * sampleStd(values) * Math.sqrt(1 / values.length + 1 / further);
  return { low: centre - half, high: centre + half };
}
