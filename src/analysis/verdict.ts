import type { PairedDifference, TableMetric } from '../contract/study.ts';
import { decimalsFor, fixed, formatWithSpread, typographic } from './format.ts';
import { METRICS, toDisplay } from './metrics.ts';
import type { SeedSummary } from './seeds.ts';

/** How many runs of each version at this depth gave no result. */
export interface Missing {
  readonly v1: number;
  readonly v2: number;
  /** Whether no run of this depth waits or trains any more. */
  readonly isOver: boolean;
}

/**
 * What the paired differences V2 - V1 of one depth allow to be said, and no more: a difference is named only where the
 * 95 % interval excludes 0; runs without a result are named, because leaving them out favours their version.
 */
export function verdict(metric: TableMetric, summary: SeedSummary, missing: Missing): PairedDifference['verdict'] {
  return [comparison(metric, summary, missing.isOver), leftOut(missing)].filter((part) => part !== '').join('. ');
}

function comparison(metric: TableMetric, { n, mean, interval }: SeedSummary, isOver: boolean): string {
  const { higherIsBetter, differenceUnit, decimals } = METRICS[metric];
  if (mean === null) return `No seed has finished in both versions${isOver ? '' : ' yet'}`;
  const centre = toDisplay(metric, mean);
  if (interval === null) {
    const difference = `${centre > 0 ? '+' : ''}${typographic(fixed(centre, decimals))}${differenceUnit}`;
    return `One pair only (V2 − V1 = ${difference}): no interval, no verdict`;
  }
  const low = toDisplay(metric, interval.low);
  const high = toDisplay(metric, interval.high);
  const half = (high - low) / 2;
  if (low <= 0 && high >= 0) {
    const digits = half === 0 ? decimals : decimalsFor(half);
    const signed = (value: number) => `${value > 0 ? '+' : ''}${typographic(fixed(value, digits))}`;
    return `No difference shown: the 95 % interval ${signed(low)} to ${signed(high)}${differenceUnit} includes 0 (n = ${n} pairs)`;
  }
  const better = centre > 0 === higherIsBetter ? 'V2' : 'V1';
  const amount = formatWithSpread(Math.abs(centre), half, decimals);
  return `${better} is better by ${amount}${differenceUnit} (n = ${n} pairs, 95 % interval excludes 0)`;
}

function leftOut({ v1, v2 }: Missing): string {
  const parts = [
    { version: 'V1', count: v1 },
    { version: 'V2', count: v2 },
  ]
    .filter(({ count }) => count > 0)
    .map(({ version, count }) => `${count} ${version} ${count === 1 ? 'run' : 'runs'}`);
  return parts.length === 0 ? '' : `Left out, without a result: ${parts.join(', ')}`;
}
