import { typographic } from '../analysis/format.ts';

const SUPERSCRIPTS = '⁰¹²³⁴⁵⁶⁷⁸⁹';

/** `10⁻³`. */
export function powerOfTen(exponent: number): string {
  const digits = String(Math.abs(exponent)).replace(/\d/g, (digit) => SUPERSCRIPTS[Number(digit)]!);
  return `10${exponent < 0 ? '⁻' : ''}${digits}`;
}

/** A tick of any axis, as short as it is exact: `0.25`, `64k`, `10⁻⁵`, `2×10⁻⁷`. */
export function tickLabel(value: number): string {
  const size = Math.abs(value);
  if (size === 0) return '0';
  if (size >= 1e3 && size < 1e6 && value % 100 === 0) return `${typographic(String(value / 1e3))}k`;
  if (size >= 1e6 && size < 1e9 && value % 1e5 === 0) return `${typographic(String(value / 1e6))}M`;
  if (size >= 1e-3 && size < 1e4) return typographic(String(Number(value.toPrecision(6))));
  const exponent = Math.floor(Math.log10(size) + 1e-9);
  const mantissa = Number((value / 10 ** exponent).toPrecision(4));
  if (mantissa === 1) return powerOfTen(exponent);
  return `${typographic(String(mantissa))}×${powerOfTen(exponent)}`;
}
