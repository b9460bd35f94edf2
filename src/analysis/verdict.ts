import type { PairedDifference, TableMetric } from '../contract/study.ts';
import { decimalsFor, fixed, formatWithSpread, typographic } from './format.ts';
import { METRICS, toDisplay } from './metrics.ts';
import type { SeedSummary } from './seeds.ts';

/** The two series that are compared, `['V1', 'V2']`: the difference is the second less the first. */
type Labels = readonly [against: string, series: string];

export interface Missing {
  /** How many runs of each at this depth gave no result. */
  readonly counts: readonly [against: number, series: number];
  /** Whether no run of the two at this depth waits or trains any more. */
  readonly isOver: boolean;
}

/**
 * What the paired differences of two series at one depth allow to be said, and no more: a difference is named only where the
 * 95 % interval excludes 0; runs without a result are named, because leaving them out favours their version.
 */
export function verdict(
  metric: TableMetric,
  summary: SeedSummary,
  labels: Labels,
  { counts, isOver }: Missing,
): PairedDifference['verdict'] {
  const sentences = [comparison(metric, summary, labels, isOver), leftOut(labels, counts)];
  return sentences.filter((part) => part !== '').join('. ');
}

function comparison(
  metric: TableMetric,
  { n, mean, interval }: SeedSummary,
  [against, series]: Labels,
  isOver: boolean,
): string {
  const { higherIsBetter, differenceUnit, decimals } = METRICS[metric];
  if (mean === null) return `No seed has finished in both ${against} and ${series}${isOver ? '' : ' yet'}`;
  const centre = toDisplay(metric, mean);
  if (interval === null) {
    const difference = `${centre > 0 ? '+' : ''}${typographic(fixed(centre, decimals))}${differenceUnit}`;
    return `One pair only (${series} − ${against} = ${difference}): no interval, no verdict`;
  }
  const low = toDisplay(metric, interval.low);
  const high = toDisplay(metric, interval.high);
  const half = (high - low) / 2;
  if (low <= 0 && high >= 0) {
    const digits = half === 0 ? decimals : decimalsFor(half);
    const signed = (value: number) => `${value > 0 ? '+' : ''}${typographic(fixed(value, digits))}`;
    return `No difference shown: the 95 % interval ${signed(low)} to ${signed(high)}${differenceUnit} includes 0 (n = ${n} pairs)`;
  }
  const better = centre > 0 === higherIsBetter ? series : against;
  const amount = formatWithSpread(Math.abs(centre), half, decimals);
  return `${better} is better by ${amount}${differenceUnit} (n = ${n} pairs, 95 % interval excludes 0)`;
}

function leftOut(labels: Labels, counts: Missing['counts']): string {
  const parts = labels.flatMap((label, index) => {
    const count = counts[index]!;
    return count > 0 ? [`${count} ${label} ${count === 1 ? 'run' : 'runs'}`] : [];
  });
  return parts.length === 0 ? '' : `Left out, without a result: ${parts.join(', ')}`;
}
