/**
 * Holm's step-down adjustment (1979): adjusted[i] < 0.05 keeps the chance of any false finding among all k tests below 5 %.
 * In the order of the p-values that were given.
 */
export function holm(pValues: readonly number[]): number[] {
  const order = [...pValues.keys()].sort((one, other) => pValues[one]! - pValues[other]!);
  const adjusted = new Array<number>(pValues.length);
  let largest = 0;
  for (const [rank, index] of order.entries()) {
    largest = Math.max(largest, Math.min(1, (pValues.length - rank) * pValues[index]!));
    adjusted[index] = largest;
  }
  return adjusted;
}
