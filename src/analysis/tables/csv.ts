export type CsvCell = string | number | null;

/** What a spreadsheet would run as a formula, also after spaces and in full-width forms. */
const FORMULA_START = /^\s*[=+\-@\t\r\0＝＋－＠]/;

/**
 * RFC 4180 with CRLF. Every text is quoted, and one that a spreadsheet would take for a formula gets a leading `'`
 * (OWASP ASVS 1.2.10). Numbers stay numbers, negative ones too; null is an empty cell.
 */
export function csv(rows: readonly (readonly CsvCell[])[]): string {
  return rows.map((row) => `${row.map(csvCell).join(',')}\r\n`).join('');
}

function csvCell(cell: CsvCell): string {
  if (cell === null) return '';
  if (typeof cell === 'number' && Number.isFinite(cell)) return String(cell);
  const text = String(cell);
  const safe = typeof cell === 'string' && FORMULA_START.test(text) ? `'${text}` : text;
  return `"${safe.replaceAll('"', '""')}"`;
}
