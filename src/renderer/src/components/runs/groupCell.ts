import type { ColumnContext } from '../../../../analysis/runTable/columns.ts';
import { commonValue, groupCell, type RunGroup } from '../../../../analysis/runTable/groups.ts';
import type { RunColumn } from './columns.ts';

/** `97.69 ± 0.16 (3)` for what is measured, the common value for what is set, empty where runs differ. */
export function groupCellText(column: RunColumn, group: RunGroup, context: ColumnContext): string {
  if (column.showSpread !== null) {
    const { n, mean, std } = groupCell(column, group, context);
    return mean === null ? '' : `${column.showSpread(mean, std)} (${n})`;
  }
  const value = commonValue(column, group, context);
  return value === null ? '' : column.show(value);
}
