import { headOf, type TableColumn } from './table.ts';

/** The heads of neighbours that share one, or of a column that stands by itself. */
export interface HeadGroup {
  /** With the unit that all of them have, `Test accuracy (%)`; empty where none is shared. */
  readonly shared: string;
  /** With the unit where it is not in the shared head. */
  readonly heads: readonly string[];
}

/** The heads of columns as they are printed, in order. */
export function headGroups(columns: readonly TableColumn[]): HeadGroup[] {
  const groups: TableColumn[][] = [];
  for (const column of columns) {
    const last = groups.at(-1);
    if (last && column.group !== '' && last[0]!.group === column.group) last.push(column);
    else groups.push([column]);
  }
  return groups.map((members) => {
    const { group, unit } = members[0]!;
    const isUnitShared = group !== '' && members.every((member) => member.unit === unit);
    return {
      shared: group === '' ? '' : headOf({ head: group, unit: isUnitShared ? unit : '' }),
      heads: members.map((member) => headOf({ head: member.head, unit: isUnitShared ? '' : member.unit })),
    };
  });
}
