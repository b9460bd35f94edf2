import type { BenchRow } from './row.ts';

/** Rows as a text table: name, value with its unit, the ratio where there is one, and a note. */
export function formatTable(title: string, rows: readonly BenchRow[]): string {
  const cells = rows.map((row) => [
    row.name,
    `${formatValue(row.value)} ${row.unit}`,
    row.ratioTo === undefined ? '' : `${row.ratioTo.value.toFixed(2)}x ${row.ratioTo.name}`,
    row.note ?? '',
  ]);
  const widths = [0, 1, 2].map((column) => Math.max(0, ...cells.map((row) => row[column]?.length ?? 0)));
  const lines = cells.map(
    ([name = '', value = '', ratio = '', note = '']) =>
      `  ${name.padEnd(widths[0] ?? 0)}  ${value.padStart(widths[1] ?? 0)}  ${ratio.padEnd(widths[2] ?? 0)}  ${note}`,
  );
  return [title, ...lines.map((line) => line.trimEnd()), ''].join('\n');
}

function formatValue(value: number): string {
  if (Math.abs(value) >= 1000) return Math.round(value).toLocaleString('en-US');
  return Number(value.toPrecision(3)).toString();
}
