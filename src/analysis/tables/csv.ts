import type { StudyTable } from '../../contract/study.ts';
import { METRICS, toDisplay } from '../metrics.ts';
import { pairedRows } from './pairedRows.ts';

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

/** The paired table with a column for each figure, in the unit in which the metric is shown. */
export function csvTable(table: StudyTable): string {
  const { series, comparisons, rows } = pairedRows(table);
  const show = (value: number | null | undefined): number | null =>
    value == null ? null : Number(toDisplay(table.metric, value).toPrecision(12));
  const heads = [
    'study',
    'metric',
    'depth',
    ...series.flatMap(({ label }) =>
      ['mean', 'std', 'n', '95 % low', '95 % high', 'failed'].map((figure) => `${label} ${figure}`),
    ),
    ...comparisons.flatMap((compared) =>
      ['mean', 'std', 'n', '95 % low', '95 % high', 'verdict'].map(
        (figure) => `${compared.series.label} - ${compared.against.label} ${figure}`,
      ),
    ),
  ];
  const body = rows.map(({ depth, cells, differences }): CsvCell[] => [
    table.name,
    METRICS[table.metric].label,
    depth,
    ...cells.flatMap((cell) => [
      show(cell?.mean),
      show(cell?.std),
      cell?.n ?? 0,
      show(cell?.interval?.low),
      show(cell?.interval?.high),
      cell?.failed.length ?? 0,
    ]),
    ...differences.flatMap((difference) => [
      show(difference?.mean),
      show(difference?.std),
      difference?.n ?? 0,
      show(difference?.interval?.low),
      show(difference?.interval?.high),
      difference?.verdict ?? '',
    ]),
  ]);
  return csv([heads, ...body]);
}
