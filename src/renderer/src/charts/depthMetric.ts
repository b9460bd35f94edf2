import { METRICS } from '../../../analysis/metrics.ts';
import type { TableMetric } from '../../../contract/study.ts';
import type { Range } from './ticks.ts';

/** How a study's metric is shown over depth: in percent, as a loss, or an accuracy as the error that it leaves. */
export interface DepthMetric {
  /** The axis' title, unit included. */
  readonly label: string;
  /** After a value, with its space. */
  readonly unit: string;
  readonly differenceUnit: string;
  readonly higherIsBetter: boolean;
  readonly isAccuracy: boolean;
  /** Decimals of a value by itself. */
  readonly decimals: number;
  /** Values that can be. */
  readonly bounds: Range;
  /** What the y axis spans at least, so that noise is not blown up to a trend. */
  readonly minimumSpan: (centre: number) => number;
  show(stored: number): number;
  /** From a stored difference V2 - V1 to the shown one. */
  showDifference(stored: number): number;
  /** From a published error in percent. */
  showError(errorPercent: number): number;
}

export function depthMetric(metric: TableMetric, asError = false): DepthMetric {
  const { label, scale, higherIsBetter, differenceUnit, decimals } = METRICS[metric];
  const isAccuracy = scale === 100;
  const isError = isAccuracy && asError;
  return {
    label: isError ? label.replace('accuracy', 'error') : label,
    unit: isAccuracy ? ' %' : '',
    differenceUnit,
    higherIsBetter: higherIsBetter !== isError,
    isAccuracy,
    decimals,
    bounds: isAccuracy ? [0, 100] : [0, Infinity],
    minimumSpan: (centre) => (isAccuracy ? 1 : 0.1 * Math.abs(centre)),
    show: (stored) => (isError ? 100 - scale * stored : scale * stored),
    showDifference: (stored) => (isError ? -1 : 1) * scale * stored,
    showError: (errorPercent) => (isError ? errorPercent : 100 - errorPercent),
  };
}
