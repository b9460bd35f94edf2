/** A fraction of `total` with its 95 % interval. */
export interface Proportion {
  readonly count: number;
  readonly total: number;
  readonly fraction: number;
  /** Lower and upper end. */
  readonly interval: readonly [number, number];
}

/** The normal distribution's 97.5 % quantile. */
const Z = 1.959963984540054;

/**
 * The 95 % score interval of Wilson (1927): it stays within 0 and 1 and is sound for few images and for fractions near the
 * ends, where the usual normal interval is not. `total` is at least 1.
 */
export function proportion(count: number, total: number): Proportion {
  const fraction = count / total;
  const square = Z ** 2 / total;
  const centre = fraction + square / 2;
  const half = Z * Math.sqrt((fraction * (1 - fraction)) / total + square / (4 * total));
  const bounded = (value: number) => Math.min(1, Math.max(0, value / (1 + square)));
  return { count, total, fraction, interval: [bounded(centre - half), bounded(centre + half)] };
}
