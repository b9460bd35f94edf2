/**
 * Exponential moving average with debiasing, as TensorBoard's scalar charts: s <- w s + (1 - w) x, shown as
 * s / (1 - w^n) after n finite values (tensorboard, line_chart data smoothing). A value that is not finite is shown as
 * it is and leaves the average untouched. `weight` is in [0, 1); 0 gives the values themselves.
 */
export function smooth(values: ArrayLike<number>, weight: number): Float64Array {
  const result = new Float64Array(values.length);
  let average = 0;
  let bias = 1;
  for (let index = 0; index < values.length; index += 1) {
    const value = values[index]!;
    if (!Number.isFinite(value) || weight <= 0) {
      result[index] = value;
      continue;
    }
    average = weight * average + (1 - weight) * value;
    bias *= weight;
    result[index] = average / (1 - bias);
  }
  return result;
}
