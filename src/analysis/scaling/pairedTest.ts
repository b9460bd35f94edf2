import { hasNoSpread, mean, sampleStd } from '../seeds.ts';
import { twoSidedStudentProbability } from '../studentQuantile.ts';

/** A paired t test of differences against 0. */
export interface PairedTest {
  readonly t: number;
  /** n - 1. */
  readonly degrees: number;
  /** Two-sided. */
  readonly p: number;
}

/** Null for fewer than two differences, and for equal ones: without a spread there is no test. */
export function pairedTest(differences: readonly number[]): PairedTest | null {
  if (differences.length < 2) return null;
  const spread = sampleStd(differences);
  if (hasNoSpread(spread, mean(differences))) return null;
  const t = mean(differences) / (spread / Math.sqrt(differences.length));
  const degrees = differences.length - 1;
  return { t, degrees, p: twoSidedStudentProbability(t, degrees) };
}
