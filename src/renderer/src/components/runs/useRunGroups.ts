import { useLocalStorage } from '@vueuse/core';
import { computed, shallowRef, type ComputedRef } from 'vue';
import type { ColumnContext } from '../../../../analysis/runTable/columns.ts';
import { RUN_COLUMNS } from './columns.ts';
import { groupRuns, sortGroups, type GroupBy } from '../../../../analysis/runTable/groups.ts';
import { listItems } from './listItems.ts';
import { toggled } from './selection.ts';
import type { RunsTable } from './useRunsTable.ts';

/** The table's lines: runs, or groups of them that open. What is grouped by is kept by the window. */
export function useRunGroups({ sortedRuns, sorting }: RunsTable, context: ComputedRef<ColumnContext>) {
  const by = useLocalStorage<GroupBy | ''>('depthlab.runsGroupBy', '');
  const open = shallowRef<ReadonlySet<string>>(new Set());

  const groups = computed(() => {
    if (by.value === '') return null;
    const grouped = groupRuns(sortedRuns.value, by.value, context.value);
    const [sort] = sorting.value;
    const column = RUN_COLUMNS.find(({ id }) => id === sort?.id);
    return sort && column ? sortGroups(grouped, column, sort.desc, context.value) : grouped;
  });
  const items = computed(() => listItems(sortedRuns.value, groups.value, open.value));
  const toggle = (key: string) => (open.value = toggled(open.value, key));

  return { by, groups, items, toggle };
}
