import type { SeriesId } from '../contract/series.ts';
import type { PairedDifference, StudyCell, StudyTable, TableMetric } from '../contract/study.ts';
import { decimalsFor, fixed, formatWithSpread, typographic } from './format.ts';
import { METRICS, toDisplay } from './metrics.ts';
import { labelOf } from './studySeries.ts';

type Interval = NonNullable<StudyCell['interval']>;

/** `97.29 to 98.08`: the bounds of a 95 % interval in the unit in which the metric is shown, `+` before gains on request. */
export function formatInterval(metric: TableMetric, { low, high }: Interval, signed = false): string {
  const bounds = [toDisplay(metric, low), toDisplay(metric, high)] as const;
  const half = (bounds[1] - bounds[0]) / 2;
  const digits = half === 0 ? METRICS[metric].decimals : decimalsFor(half);
  const [from, to] = bounds.map((bound) => `${signed && bound > 0 ? '+' : ''}${typographic(fixed(bound, digits))}`);
  return `${from} to ${to}`;
}

/** `+0.83 ± 0.69 points`: a mean difference with half of its 95 % interval; null before there is one. */
export function formatDifference(
  metric: TableMetric,
  { mean, interval }: Pick<PairedDifference, 'mean' | 'interval'>,
): string | null {
  if (mean === null) return null;
  const { differenceUnit, decimals } = METRICS[metric];
  const centre = toDisplay(metric, mean);
  const half = interval === null ? null : toDisplay(metric, (interval.high - interval.low) / 2);
  return `${centre > 0 ? '+' : ''}${formatWithSpread(centre, half, decimals)}${differenceUnit}`;
}

/** `V2 better`, `No difference shown`, `No spread between pairs` or `Too few pairs`. */
export function outcomeWord(
  { metric, series }: Pick<StudyTable, 'metric' | 'series'>,
  difference: Parameters<typeof differenceOutcome>[1],
): string {
  const outcome = differenceOutcome(metric, difference);
  if (outcome === 'none') return 'No difference shown';
  if (outcome === 'equal') return 'No spread between pairs';
  if (outcome === 'open') return 'Too few pairs';
  return `${labelOf(series, outcome)} ${METRICS[metric].comparative}`;
}

/** What a paired difference shows: a series that is better, no difference, pairs without a spread, or too few pairs. */
export function differenceOutcome(
  metric: TableMetric,
  { series, against, n, mean, interval }: Pick<PairedDifference, 'series' | 'against' | 'n' | 'mean' | 'interval'>,
): SeriesId | 'none' | 'equal' | 'open' {
  if (mean === null || interval === null) return n > 1 ? 'equal' : 'open';
  if (interval.low <= 0 && interval.high >= 0) return 'none';
  return mean > 0 === METRICS[metric].higherIsBetter ? series : against;
}
