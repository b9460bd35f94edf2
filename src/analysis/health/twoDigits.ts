import { formatMeasurement } from '../format.ts';

/** A measured number to two digits, thousands apart: `0.013`, `140,000`; beyond a million as a power of ten. */
export function twoDigits(value: number): string {
  const size = Math.abs(value);
  return size < 1000 || size >= 1e6 || Number.isNaN(value)
    ? formatMeasurement(value, 2)
    : Number(value.toPrecision(2)).toLocaleString('en-GB');
}
