import { metricHead } from '../../../../analysis/metrics.ts';
import type { TableMetric } from '../../../../contract/study.ts';

/** A metric's name without its unit. */
export function metricName(metric: TableMetric): string {
  return metricHead(metric).head;
}

/** The one after it of those that a study has. */
export function nextMetric(metric: TableMetric, metrics: readonly TableMetric[]): TableMetric {
  return metrics[(metrics.indexOf(metric) + 1) % metrics.length]!;
}
