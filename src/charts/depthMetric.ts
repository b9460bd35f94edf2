import { METRICS } from '../analysis/metrics.ts';
import type { TableMetric } from '../contract/study.ts';
import type { Range } from './ticks.ts';

/** How a study's metric is shown over depth. */
export interface DepthMetric {
  /** The axis' title, unit included. */
  readonly label: string;
  /** After a value, with its space. */
  readonly unit: string;
  readonly differenceUnit: string;
  readonly higherIsBetter: boolean;
  readonly comparative: 'better' | 'lower' | 'faster';
  /** Whether it counts in percent or points. */
  readonly isPercent: boolean;
  /** Decimals of a value by itself. */
  readonly decimals: number;
  /** Values that can be. */
  readonly bounds: Range;
  /** What the y axis spans at least, so that noise is not blown up to a trend. */
  readonly minimumSpan: (centre: number) => number;
  show(stored: number): number;
  /** From a published test error in percent; null where the metric is something else. */
  readonly showError: ((errorPercent: number) => number) | null;
}

export function depthMetric(metric: TableMetric): DepthMetric {
  const { label, scale, quantity, higherIsBetter, comparative, unit, differenceUnit, decimals } = METRICS[metric];
  const isPercent = scale === 100;
  return {
    label,
    unit,
    differenceUnit,
    higherIsBetter,
    comparative,
    isPercent,
    decimals,
    bounds: isPercent ? [quantity === 'gap' ? -100 : 0, 100] : [0, Infinity],
    minimumSpan: (centre) => (isPercent ? 1 : 0.1 * Math.abs(centre)),
    show: (stored) => scale * stored,
    showError: isPublished(metric)
      ? (errorPercent) => (quantity === 'error' ? errorPercent : 100 - errorPercent)
      : null,
  };
}

/** What papers give: results on the test images. */
function isPublished(metric: TableMetric): boolean {
  return ['testAccuracy', 'bestTestAccuracy', 'testError', 'bestTestError'].includes(metric);
}
