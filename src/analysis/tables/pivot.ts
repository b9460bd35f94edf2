import { markBest } from './best.ts';
import { EMPTY, tableColumn, type Table, type TableCell } from './table.ts';

/**
 * A table as papers print it: a row for each value of one column, and under the head of each summary a column for each
 * value of another. Columns that are neither are left out. Null where that cannot be: a column is missing, nothing is
 * summarised, or two rows would share a cell.
 */
export function pivot(table: Table, rowsBy: string, columnsBy: string): Table | null {
  const indexOf = (id: string) => table.columns.findIndex((column) => column.id === id);
  const [rowIndex, columnIndex] = [indexOf(rowsBy), indexOf(columnsBy)];
  const measures = table.columns.filter(({ kind }) => kind === 'summary');
  if (rowIndex < 0 || columnIndex < 0 || measures.length === 0) return null;

  const rowHeads = distinct(table.rows.map((cells) => cells[rowIndex]!)).sort(byValue);
  const columnHeads = distinct(table.rows.map((cells) => cells[columnIndex]!));
  const rowAt = new Map(table.rows.map((cells) => [pairKey(cells[rowIndex]!, cells[columnIndex]!), cells]));
  if (rowAt.size < table.rows.length) return null;

  return {
    ...table,
    columns: [
      table.columns[rowIndex]!,
      ...measures.flatMap((measure) =>
        columnHeads.map((head) =>
          tableColumn({ ...measure, id: `${measure.id} ${keyOf(head)}`, head: keyOf(head), group: measure.head }),
        ),
      ),
    ],
    rows: rowHeads.map((rowHead) => [
      rowHead,
      ...measures.flatMap((measure) => {
        const cells = columnHeads.map((head) => rowAt.get(pairKey(rowHead, head))?.[indexOf(measure.id)] ?? EMPTY);
        return markBest(cells, measure.better);
      }),
    ]),
  };
}

function keyOf(cell: TableCell): string {
  if (cell.kind === 'text') return cell.text;
  return cell.kind === 'number' ? String(cell.value) : '';
}

function pairKey(one: TableCell, other: TableCell): string {
  return JSON.stringify([keyOf(one), keyOf(other)]);
}

function distinct(cells: readonly TableCell[]): TableCell[] {
  return [...new Map(cells.map((cell) => [keyOf(cell), cell])).values()];
}

/** Numbers ascending; texts keep their order. */
function byValue(one: TableCell, other: TableCell): number {
  return one.kind === 'number' && other.kind === 'number' ? one.value - other.value : 0;
}
