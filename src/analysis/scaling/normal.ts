/** Beyond this many standard deviations the tail is below the last bit of 1. */
const FARTHEST = 8.5;

/** The standard normal distribution function, by Marsaglia's series (2004, "Evaluating the normal distribution"). */
export function normalProbability(x: number): number {
  if (x <= -FARTHEST) return 0;
  if (x >= FARTHEST) return 1;
  let term = x;
  let sum = x;
  for (let power = 3; sum + term !== sum; power += 2) {
    term *= x ** 2 / power;
    sum += term;
  }
  return 0.5 + (sum * Math.exp(-(x ** 2) / 2)) / Math.sqrt(2 * Math.PI);
}

/** The x below which a standard normal variable lies with this probability, 0 < probability < 1; by bisection. */
export function normalQuantile(probability: number): number {
  let low = -FARTHEST;
  let high = FARTHEST;
  for (let middle = 0; middle > low && middle < high; middle = (low + high) / 2) {
    if (normalProbability(middle) < probability) low = middle;
    else high = middle;
  }
  return (low + high) / 2;
}
