import { longForm } from './longForm.ts';
import { pivot } from './pivot.ts';
import type { Table } from './table.ts';

/** `rows`: as the table is; `paper`: a row a depth, a column a version; `long`: a row for each mean. */
export const LAYOUTS = ['rows', 'paper', 'long'] as const;
export type Layout = (typeof LAYOUTS)[number];

/** The table in a layout; null where it has not what that needs. */
export function arrange(table: Table, layout: Layout): Table | null {
  if (layout === 'rows') return table;
  return layout === 'paper' ? pivot(table, 'depth', 'version') : longForm(table);
}

/** The layouts that a table can have. */
export function layoutsOf(table: Table): Layout[] {
  return LAYOUTS.filter((layout) => arrange(table, layout) !== null);
}

/** The named columns in the order of their names; names that the table has not are left out. */
export function selectColumns(table: Table, ids: readonly string[]): Table {
  const indices = ids.map((id) => table.columns.findIndex((column) => column.id === id)).filter((index) => index >= 0);
  return {
    ...table,
    columns: indices.map((index) => table.columns[index]!),
    rows: table.rows.map((cells) => indices.map((index) => cells[index]!)),
  };
}
