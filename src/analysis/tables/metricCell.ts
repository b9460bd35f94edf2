import type { TableMetric } from '../../contract/study.ts';
import { METRICS, toDisplay } from '../metrics.ts';
import type { SeedSummary } from '../seeds.ts';
import type { SummaryCell } from './table.ts';

/** Several runs' values of a metric, as stored, in the unit in which it is shown. */
export function metricCell(metric: TableMetric, { n, mean, std, interval }: SeedSummary, failed = 0): SummaryCell {
  const show = (value: number) => toDisplay(metric, value);
  return {
    kind: 'summary',
    n,
    mean: mean === null ? null : show(mean),
    std: std === null ? null : show(std),
    interval: interval && { low: show(interval.low), high: show(interval.high) },
    failed,
    decimals: METRICS[metric].decimals,
  };
}
