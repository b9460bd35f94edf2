import type { Table, TableCell } from './table.ts';

/** The table with typed values: rows by the ids of their columns; a summary is an object, an empty cell null. */
export function writeJson({ name, caption, columns, rows, notes }: Table): string {
  const records = rows.map((cells) =>
    Object.fromEntries(cells.map((cell, index) => [columns[index]!.id, jsonCell(cell)])),
  );
  return `${JSON.stringify({ name, caption, columns, rows: records, notes }, null, 2)}\n`;
}

function jsonCell(cell: TableCell): unknown {
  if (cell.kind === 'text') return cell.text;
  // JSON has no sign for what is not finite.
  if (cell.kind === 'number') return Number.isFinite(cell.value) ? cell.value : String(cell.value);
  if (cell.kind === 'summary') {
    const { mean, std, n, interval, failed } = cell;
    return { mean, std, n, interval, failed };
  }
  return cell.reason === '' ? null : { reason: cell.reason };
}
