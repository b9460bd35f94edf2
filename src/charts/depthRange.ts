import type { StudyTable } from '../contract/study.ts';
import { axisEnds } from './axes.ts';
import type { DepthMetric } from './depthMetric.ts';
import { rangeOf, type Range } from './ticks.ts';

/** An interval as it is shown: within what can be. */
export function shownInterval(metric: DepthMetric, interval: { low: number; high: number } | null): Range | null {
  if (interval === null) return null;
  return [
    Math.max(metric.show(interval.low), metric.bounds[0]),
    Math.min(metric.show(interval.high), metric.bounds[1]),
  ];
}

/**
 * Where the y axis ends. It holds every value and interval, spans at least twice the usual interval (so that a
 * difference within the noise looks like one) and the metric's own least span, and leaves room for crosses at the foot.
 */
export function depthRange(table: StudyTable, metric: DepthMetric, published: readonly number[], log: boolean): Range {
  const intervals = table.cells.flatMap(({ interval }) => {
    const shown = shownInterval(metric, interval);
    return shown === null ? [] : [shown];
  });
  const values = table.cells.flatMap((cell) => cell.values.map(({ value }) => metric.show(value)));
  const range = rangeOf([values, published, ...intervals], log);
  if (range === null) return axisEnds(null, log);
  if (log) return axisEnds(range, true);
  const widths = intervals.map(([low, high]) => high - low).sort((one, other) => one - other);
  const usual = widths[widths.length >> 1] ?? 0;
  const centre = (range[0] + range[1]) / 2;
  const hasFailed = table.cells.some(({ failed }) => failed.length > 0);
  const span = Math.max(range[1] - range[0], 2 * usual, metric.minimumSpan(centre));
  const low = centre - span / 2 - (hasFailed ? 0.14 * span : 0);
  return axisEnds(within([low, centre + span / 2], metric.bounds), false);
}

/** Moved inwards where it leaves the bounds; its length stays, if they allow. */
function within([low, high]: Range, [least, most]: Range): Range {
  const shift = low < least ? least - low : high > most ? most - high : 0;
  return [Math.max(least, low + shift), Math.min(most, high + shift)];
}
