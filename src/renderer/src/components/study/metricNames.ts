import { METRICS } from '../../../../analysis/metrics.ts';
import { TableMetric } from '../../../../contract/study.ts';

/** A metric's name without its unit. */
export function metricName(metric: TableMetric): string {
  return METRICS[metric].label.replace(' (%)', '');
}

export function nextMetric(metric: TableMetric): TableMetric {
  const { options } = TableMetric;
  return options[(options.indexOf(metric) + 1) % options.length]!;
}
