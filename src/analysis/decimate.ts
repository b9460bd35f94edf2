/** What is left of a curve for drawing; the same points in the same order, fewer of them. */
export interface Decimated {
  readonly steps: Float64Array;
  readonly values: Float32Array;
  /** Every point is present. */
  readonly exact: boolean;
}

/**
 * Reduces consecutive values to at most four points per pixel: the first, lowest, highest and last of each bucket, in
 * step order, so that no peak is lost and both ends of the curve are there. A NaN is a result too: a bucket's first one
 * is kept, and where that would make five points, an end of the bucket that is no end of the curve gives way.
 * `firstStep` is the step of `values[0]`; fewer than two pixels count as two.
 */
export function decimate(firstStep: number, values: Float32Array, pixels: number): Decimated {
  const buckets = Math.max(2, Math.floor(pixels));
  const count = values.length;
  if (count <= 4 * buckets) {
    const steps = Float64Array.from({ length: count }, (_, index) => firstStep + index);
    return { steps, values: values.slice(), exact: true };
  }
  const steps = new Float64Array(4 * buckets);
  const kept = new Float32Array(4 * buckets);
  let length = 0;
  for (let bucket = 0; bucket < buckets; bucket += 1) {
    const from = Math.floor((bucket * count) / buckets);
    const to = Math.floor(((bucket + 1) * count) / buckets);
    for (const index of pointsOf(values, from, to)) {
      steps[length] = firstStep + index;
      kept[length] = values[index]!;
      length += 1;
    }
  }
  return { steps: steps.slice(0, length), values: kept.slice(0, length), exact: false };
}

/** Ascending indices, without doubles, of the points that stand for values[from, to). */
function pointsOf(values: Float32Array, from: number, to: number): number[] {
  let lowest = -1;
  let highest = -1;
  let notANumber = -1;
  for (let index = from; index < to; index += 1) {
    const value = values[index]!;
    if (Number.isNaN(value)) {
      if (notANumber < 0) notANumber = index;
      continue;
    }
    if (lowest < 0 || value < values[lowest]!) lowest = index;
    if (highest < 0 || value > values[highest]!) highest = index;
  }
  const points = new Set([from, lowest, highest, notANumber, to - 1]);
  points.delete(-1);
  if (points.size > 4) points.delete(from === 0 ? to - 1 : from);
  return [...points].sort((one, other) => one - other);
}
