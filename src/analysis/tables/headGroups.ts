import type { TableColumn } from './table.ts';

/** Neighbours under one head. */
export interface HeadGroup {
  readonly group: string;
  /** The unit that all of them have; empty where they differ or have none. */
  readonly unit: string;
  readonly columns: readonly TableColumn[];
}

/** The columns in order, by shared head; a column without one stands by itself. */
export function headGroups(columns: readonly TableColumn[]): HeadGroup[] {
  const groups: TableColumn[][] = [];
  for (const column of columns) {
    const last = groups.at(-1);
    if (last && column.group !== '' && last[0]!.group === column.group) last.push(column);
    else groups.push([column]);
  }
  return groups.map((members) => {
    const { group, unit } = members[0]!;
    return { group, unit: members.every((member) => member.unit === unit) ? unit : '', columns: members };
  });
}
