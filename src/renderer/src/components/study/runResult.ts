import { formatMetric } from '../../../../analysis/format.ts';
import { METRICS } from '../../../../analysis/metrics.ts';
import type { RunRow } from '../../../../contract/run.ts';
import type { TableMetric } from '../../../../contract/study.ts';

/** A run's newest value of a metric with its unit; empty before there is one. */
export function runResult(run: RunRow, metric: TableMetric): string {
  const value = METRICS[metric].read(run);
  if (value === null) return '';
  return `${formatMetric(metric, value)}${METRICS[metric].unit}`;
}
