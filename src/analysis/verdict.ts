import type { PairedDifference, TableMetric } from '../contract/study.ts';
import { decimalsFor, fixed, formatWithSpread, typographic } from './format.ts';
import { METRICS, toDisplay } from './metrics.ts';
import type { SeedSummary } from './seeds.ts';

/** The two series that are compared, `['V1', 'V2']`: the difference is the second less the first. */
type Labels = readonly [against: string, series: string];

/** What a verdict depends on beside the differences. */
export interface Circumstances {
  /** How many runs of each at this depth gave no result. */
  readonly missing: readonly [against: number, series: number];
  /** Whether no run of the two at this depth waits or trains any more. */
  readonly isOver: boolean;
  /** How many images one value is measured on; null where it is no share of images. */
  readonly images: number | null;
}

/**
 * What the paired differences of two series at one depth allow to be said, and no more: a difference is named only where the
 * 95 % interval excludes 0; equal differences have no interval; one that is smaller than a single image is called so; runs
 * without a result are named, because leaving them out favours their version.
 */
export function verdict(
  metric: TableMetric,
  summary: SeedSummary,
  labels: Labels,
  { missing, isOver, images }: Circumstances,
): PairedDifference['verdict'] {
  const sentences = [
    comparison(metric, summary, labels, isOver),
    resolution(metric, summary, images),
    leftOut(labels, missing),
  ];
  return sentences.filter((part) => part !== '').join('. ');
}

function comparison(
  metric: TableMetric,
  { n, mean, interval }: SeedSummary,
  [against, series]: Labels,
  isOver: boolean,
): string {
  const { higherIsBetter, comparative, differenceUnit, decimals } = METRICS[metric];
  if (mean === null) return `No seed has finished in both ${against} and ${series}${isOver ? '' : ' yet'}`;
  const centre = toDisplay(metric, mean);
  const signed = (value: number, digits = decimals) => `${value > 0 ? '+' : ''}${typographic(fixed(value, digits))}`;
  if (interval === null) {
    const difference = `${series} − ${against} = ${signed(centre)}${differenceUnit}`;
    if (n === 1) return `One pair only (${difference}): no interval, no verdict`;
    return Math.abs(mean) < 1e-12
      ? `Equal in all ${n} pairs: no spread, so no interval`
      : `${difference} in each of ${n} pairs: no spread, so no interval and no verdict`;
  }
  const low = toDisplay(metric, interval.low);
  const high = toDisplay(metric, interval.high);
  const half = (high - low) / 2;
  if (low <= 0 && high >= 0) {
    const digits = decimalsFor(half);
    return `No difference shown: the 95 % interval ${signed(low, digits)} to ${signed(high, digits)}${differenceUnit} includes 0 (n = ${n} pairs)`;
  }
  const favoured = centre > 0 === higherIsBetter ? series : against;
  const amount = formatWithSpread(Math.abs(centre), half, decimals);
  return `${favoured} is ${comparative} by ${amount}${differenceUnit} (n = ${n} pairs, 95 % interval excludes 0)`;
}

function resolution(metric: TableMetric, { n, mean, interval }: SeedSummary, images: number | null): string {
  if (images === null || mean === null || n < 2) return '';
  const size = Math.abs(mean) * images;
  if (interval !== null && (size < 1e-9 || size > 1 + 1e-9)) return '';
  const one = `one of the ${images} images is ${fixed(toDisplay(metric, 1 / images), 2)}${METRICS[metric].differenceUnit}`;
  if (interval === null) return `The measure is coarse: ${one}`;
  return `The mean difference is ${Math.abs(size - 1) < 1e-9 ? 'a single image' : 'less than one image'}: ${one}`;
}

function leftOut(labels: Labels, missing: Circumstances['missing']): string {
  const parts = labels.flatMap((label, index) => {
    const count = missing[index]!;
    return count > 0 ? [`${count} ${label} ${count === 1 ? 'run' : 'runs'}`] : [];
  });
  return parts.length === 0 ? '' : `Left out, without a result: ${parts.join(', ')}`;
}
