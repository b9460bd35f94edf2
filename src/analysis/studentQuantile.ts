import { incompleteBeta } from './incompleteBeta.ts';

/**
 * The t for which a Student variable with `degrees` degrees of freedom (from 1) lies within -t to t with this probability,
 * 0 < probability < 1, by bisection to the last bit. For whole degrees the distribution is a finite sum (Abramowitz and
 * Stegun 1964, 26.7.3 and 26.7.4), for others an incomplete beta function (26.7.1).
 *
 * Ours, and not a library's: those with this function load code that asks for `eval`, which the page's policy forbids.
 */
export function twoSidedStudentQuantile(probability: number, degrees: number): number {
  let low = 0;
  let high = Math.PI / 2;
  for (let middle = high / 2; middle > low && middle < high; middle = (low + high) / 2) {
    if (probabilityWithin(middle, degrees) < probability) low = middle;
    else high = middle;
  }
  return Math.sqrt(degrees) * Math.tan(low);
}

/** The probability of -t to t, where angle = arctan(t / √degrees). */
function probabilityWithin(angle: number, degrees: number): number {
  const cosine = Math.cos(angle);
  if (!Number.isInteger(degrees)) return 1 - incompleteBeta(cosine ** 2, degrees / 2, 0.5);
  const isOdd = degrees % 2 === 1;
  let term = isOdd ? cosine : 1;
  let sum = degrees === 1 ? 0 : term;
  for (let power = isOdd ? 3 : 2; power <= degrees - 2; power += 2) {
    term *= ((power - 1) / power) * cosine ** 2;
    sum += term;
  }
  return isOdd ? (2 / Math.PI) * (angle + Math.sin(angle) * sum) : Math.sin(angle) * sum;
}

/** The two-sided p-value of a Student statistic: how likely a value at least as far from 0 is where there is no effect. */
export function twoSidedStudentProbability(t: number, degrees: number): number {
  return Math.max(0, 1 - probabilityWithin(Math.atan(Math.abs(t) / Math.sqrt(degrees)), degrees));
}
