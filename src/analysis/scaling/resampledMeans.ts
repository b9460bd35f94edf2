/** Up to this many values all n^n resamples are taken, 46,656 of 6; of more values a random part. */
const MOST_VALUES_IN_FULL = 6;
const RANDOM_RESAMPLES = 10_000;

/** The bootstrap distribution of a mean. */
export interface ResampledMeans {
  /** Ascending. */
  readonly means: Float64Array;
  /** Whether they are all there are, so that the distribution is exact and has no seed. */
  readonly isExact: boolean;
}

/** Means of samples of the same size, drawn with replacement from at least two values; the same for the same values. */
export function resampledMeans(values: readonly number[]): ResampledMeans {
  const isExact = values.length <= MOST_VALUES_IN_FULL;
  const means = isExact ? allMeans(values) : randomMeans(values);
  return { means: means.sort(), isExact };
}

/** Sample k has the values that the digits of k to the base n name. */
function allMeans(values: readonly number[]): Float64Array {
  const n = values.length;
  return Float64Array.from({ length: n ** n }, (_, sample) => {
    let sum = 0;
    for (let rest = sample, drawn = 0; drawn < n; drawn += 1, rest = Math.floor(rest / n)) sum += values[rest % n]!;
    return sum / n;
  });
}

function randomMeans(values: readonly number[]): Float64Array {
  const n = values.length;
  return Float64Array.from({ length: RANDOM_RESAMPLES }, (_, sample) => {
    let sum = 0;
    for (let drawn = 0; drawn < n; drawn += 1) sum += values[Math.floor(uniform(sample * n + drawn) * n)]!;
    return sum / n;
  });
}

/**
 * A number of [0, 1) for each counter: SplitMix's steps through the golden ratio with MurmurHash3's 32-bit finaliser
 * (Steele et al. 2014). Counter-based like the Philox of `data`, which this room does not import.
 */
function uniform(counter: number): number {
  let word = Math.imul(counter + 1, 0x9e3779b9);
  word = Math.imul(word ^ (word >>> 16), 0x85ebca6b);
  word = Math.imul(word ^ (word >>> 13), 0xc2b2ae35);
  return ((word ^ (word >>> 16)) >>> 0) / 2 ** 32;
}
