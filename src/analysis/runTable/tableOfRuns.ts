import type { RunRow } from '../../contract/run.ts';
import { isEnded } from '../../contract/runState.ts';
import { markBest } from '../tables/best.ts';
import { EMPTY, tableColumn, type Table, type TableCell, type TableColumn } from '../tables/table.ts';
import { isMeasured, type ColumnContext, type RunQuantity } from './columns.ts';
import { commonValue, groupCell, type RunGroup } from './groups.ts';

/** Runs under the given columns, both in their order; the best value of each column is marked. */
export function tableOfRuns(columns: readonly RunQuantity[], runs: readonly RunRow[], context: ColumnContext): Table {
  return {
    name: 'runs',
    caption: 'Runs',
    columns: columns.map((column) => columnOf(column, column.kind === 'text' ? 'text' : 'number')),
    rows: rowsOf(
      columns.map((column) =>
        bestOf(
          column,
          runs.map((run) => cellOf(column, column.read(run, context))),
        ),
      ),
    ),
    notes: [],
  };
}

/** Groups of runs: the mean of what is measured, and what all runs of a group have alike; other columns are left out. */
export function tableOfGroups(
  columns: readonly RunQuantity[],
  groups: readonly RunGroup[],
  context: ColumnContext,
): Table {
  const shown = columns
    .filter(({ id }) => id !== 'name')
    .map((column) => ({ column, cells: groups.map((group) => groupTableCell(column, group, context)) }))
    .filter(({ cells }) => cells.some(hasContent));
  return {
    name: 'run-groups',
    caption: 'Runs in groups',
    columns: [
      tableColumn({ id: 'group', head: 'Group', kind: 'text' }),
      tableColumn({ id: 'runs', head: 'Runs', kind: 'number' }),
      ...shown.map(({ column }) =>
        columnOf(column, isMeasured(column) ? 'summary' : column.kind === 'text' ? 'text' : 'number'),
      ),
    ],
    rows: rowsOf([
      groups.map(({ name }): TableCell => ({ kind: 'text', text: name })),
      groups.map(({ runs }): TableCell => ({ kind: 'number', value: runs.length, decimals: null })),
      ...shown.map(({ column, cells }) => bestOf(column, cells)),
    ]),
    notes: ['Only finished runs are averaged.'],
  };
}

function columnOf({ id, label, unit, better }: RunQuantity, kind: TableColumn['kind']): TableColumn {
  return tableColumn({ id, head: label, unit, kind, better });
}

function cellOf({ kind, decimals }: RunQuantity, value: ReturnType<RunQuantity['read']>): TableCell {
  if (value === null) return EMPTY;
  if (typeof value === 'string') return { kind: 'text', text: value };
  return kind === 'date' ? { kind: 'text', text: new Date(value).toISOString() } : { kind: 'number', value, decimals };
}

function groupTableCell(column: RunQuantity, group: RunGroup, context: ColumnContext): TableCell {
  if (!isMeasured(column)) return cellOf(column, commonValue(column, group, context));
  const failed = group.runs.filter(({ state }) => isEnded(state) && state !== 'finished' && state !== 'stopped').length;
  return { kind: 'summary', ...groupCell(column, group, context), failed, decimals: column.decimals ?? 0 };
}

function hasContent(cell: TableCell): boolean {
  return cell.kind === 'summary' ? cell.n > 0 : cell.kind !== 'empty';
}

function bestOf({ better }: RunQuantity, cells: readonly TableCell[]): readonly TableCell[] {
  return better === null ? cells : markBest(cells, better);
}

/** From columns to rows. */
function rowsOf(columns: readonly (readonly TableCell[])[]): TableCell[][] {
  const [first = []] = columns;
  return first.map((_, row) => columns.map((cells) => cells[row]!));
}
