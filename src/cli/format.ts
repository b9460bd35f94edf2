import { formatBytes } from '../analysis/quantity.ts';

const MISSING = '-';

/** 92.35 %, from a fraction. */
export function percent(fraction: number | null): string {
  return fraction === null ? MISSING : `${(100 * fraction).toFixed(2)} %`;
}

export function decimal(value: number | null, digits = 4): string {
  return value === null ? MISSING : value.toFixed(digits);
}

/** 1.50 GB, 340 MB, 12.3 kB */
export function bytes(value: number | null): string {
  return value === null ? MISSING : formatBytes(value);
}

/** 1:02:03 or 2:03 */
export function duration(milliseconds: number): string {
  const seconds = Math.round(milliseconds / 1000);
  const two = (value: number) => String(value).padStart(2, '0');
  const [hours, minutes] = [Math.floor(seconds / 3600), Math.floor(seconds / 60) % 60];
  return hours > 0 ? `${hours}:${two(minutes)}:${two(seconds % 60)}` : `${minutes}:${two(seconds % 60)}`;
}

/** Columns of equal width; a column of numbers is set to the right. */
export function table(header: readonly string[], rows: readonly (readonly string[])[]): string {
  const all = [header, ...rows];
  const widths = header.map((_, column) => Math.max(...all.map((row) => (row[column] ?? '').length)));
  const toRight = header.map((_, column) => rows.every((row) => /^[-\d]/.test(row[column] ?? '')));
  const line = (row: readonly string[]) =>
    row
      .map((cell, column) => (toRight[column] ? cell.padStart(widths[column]!) : cell.padEnd(widths[column]!)))
      .join('  ')
      .trimEnd();
  return all.map(line).join('\n');
}
