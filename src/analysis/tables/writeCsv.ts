import { csv, type CsvCell } from './csv.ts';
import { fullHeadOf, type Table, type TableCell, type TableColumn } from './table.ts';

const SUMMARY_FIGURES = ['mean', 'std', 'n', '95 % low', '95 % high', 'failed'] as const;
/** Figures that count runs and so have no unit. */
const COUNTS: readonly string[] = ['n', 'failed'];

/** A row a line, a column for each figure, in the precision of the calculation. Caption and notes have no place in it. */
export function writeCsv({ columns, rows }: Table): string {
  const body = rows.map((cells) => cells.flatMap((cell, index) => figuresOf(cell, columns[index]!)));
  return csv([columns.flatMap(headsOf), ...body]);
}

function headsOf(column: TableColumn): string[] {
  if (column.kind !== 'summary') return [fullHeadOf(column)];
  const { group, head, unit } = column;
  return SUMMARY_FIGURES.map((figure) =>
    fullHeadOf({ group, head: `${head} ${figure}`, unit: COUNTS.includes(figure) ? '' : unit }),
  );
}

function figuresOf(cell: TableCell, { kind }: TableColumn): CsvCell[] {
  if (kind !== 'summary') return [plainCell(cell)];
  if (cell.kind !== 'summary') return SUMMARY_FIGURES.map((figure) => (figure === 'mean' ? plainCell(cell) : null));
  const { mean, std, n, interval, failed } = cell;
  return [exact(mean), exact(std), n, exact(interval?.low ?? null), exact(interval?.high ?? null), failed];
}

function plainCell(cell: TableCell): CsvCell {
  if (cell.kind === 'text') return cell.text;
  if (cell.kind === 'number') return exact(cell.value);
  if (cell.kind === 'summary') return exact(cell.mean);
  return cell.reason === '' ? null : cell.reason;
}

/** Without the noise of the change of unit in the last binary digits (0.07 is 7 %, not 7.000000000000001). */
function exact(value: number | null): number | null {
  return value === null ? null : Number(value.toPrecision(15));
}
