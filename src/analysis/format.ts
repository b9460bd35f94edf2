import type { TableMetric } from '../contract/study.ts';
import { METRICS, toDisplay } from './metrics.ts';

const MINUS = '−';

/** Decimals that a spread (standard deviation or half an interval) allows: two significant digits of it. */
export function decimalsFor(spread: number): number {
  if (!Number.isFinite(spread) || spread <= 0) return 2;
  return Math.min(6, Math.max(0, 1 - Math.floor(Math.log10(Number(spread.toPrecision(2))))));
}

/** A number with fixed decimals, in plain ASCII; never `-0.00`. */
export function fixed(value: number, decimals: number): string {
  if (Number.isNaN(value)) return 'NaN';
  if (!Number.isFinite(value)) return value > 0 ? 'Infinity' : '-Infinity';
  const text = value.toFixed(decimals);
  return Number(text) === 0 ? text.replace('-', '') : text;
}

/** For reading: a true minus sign and ∞. */
export function typographic(text: string): string {
  return text.replaceAll('-', MINUS).replace('Infinity', '∞');
}

/** A measured number by itself, to `digits` significant digits; very large and very small ones as powers of ten. */
export function formatMeasurement(value: number, digits = 4): string {
  if (!Number.isFinite(value)) return typographic(fixed(value, 0));
  const size = Math.abs(value);
  if (size === 0) return '0';
  if (size >= 1e6 || size < 1e-4) {
    const [mantissa, exponent] = value.toExponential(digits - 1).split('e');
    return `${typographic(String(Number(mantissa)))}e${typographic(String(Number(exponent)))}`;
  }
  const decimals = Math.max(0, digits - 1 - Math.floor(Math.log10(size)));
  return typographic(fixed(value, decimals));
}

/**
 * The spread that is written after a mean. One of 0 is of equal values, such as accuracies on the same few images: `± 0.00`
 * would read as certainty, so none is written.
 */
export function writtenSpread(spread: number | null): number | null {
  return spread === 0 ? null : spread;
}

/** `93.41 ± 0.25`: as many digits as the spread allows. Without a spread, or with one of 0, the value to `decimals`. */
export function formatWithSpread(value: number, measured: number | null, decimals = 2): string {
  const spread = writtenSpread(measured);
  if (spread === null) return typographic(fixed(value, decimals));
  const digits = decimalsFor(spread);
  return `${typographic(fixed(value, digits))} ± ${fixed(spread, digits)}`;
}

/** One run's value of a metric in the unit in which it is shown, without the unit. */
export function formatMetric(metric: TableMetric, value: number): string {
  return typographic(fixed(toDisplay(metric, value), METRICS[metric].decimals));
}

/** A mean of a metric with its standard deviation, both as stored, in the unit in which the metric is shown. */
export function formatMetricWithSpread(metric: TableMetric, value: number, std: number | null): string {
  const spread = std === null ? null : toDisplay(metric, std);
  return formatWithSpread(toDisplay(metric, value), spread, METRICS[metric].decimals);
}
