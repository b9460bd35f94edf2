import { EMPTY, tableColumn, type Table, type TableColumn } from './table.ts';

/**
 * A table with one summary of each kind a row, as plotting programs and statistics packages read it: columns that share a
 * head become one, with a column that names them. Null where none share a head.
 */
export function longForm(table: Table): Table | null {
  const isGrouped = ({ group }: TableColumn) => group !== '';
  const keys = table.columns.filter((column) => !isGrouped(column) && column.kind !== 'summary');
  const groups = [...new Set(table.columns.filter(isGrouped).map(({ group }) => group))];
  const series = [...new Set(table.columns.filter(isGrouped).map(({ head }) => head))];
  if (groups.length === 0) return null;

  const find = (group: string, head: string) =>
    table.columns.findIndex((column) => column.group === group && column.head === head);
  return {
    ...table,
    columns: [
      ...keys,
      tableColumn({ id: 'series', head: 'Series', kind: 'text' }),
      ...groups.map((group) => {
        const first = table.columns.find((column) => column.group === group)!;
        return { ...first, id: group, head: group, group: '' };
      }),
    ],
    rows: table.rows.flatMap((cells) =>
      series.map((head) => [
        ...keys.map((key) => cells[table.columns.indexOf(key)]!),
        { kind: 'text', text: head } as const,
        ...groups.map((group) => cells[find(group, head)] ?? EMPTY),
      ]),
    ),
  };
}
