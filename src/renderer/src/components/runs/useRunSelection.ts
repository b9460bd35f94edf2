import { computed, shallowRef, type ComputedRef } from 'vue';
import type { RunRow } from '../../../../contract/run.ts';
import type { ListItem } from './listItems.ts';
import { between, toggled, toggledAll } from './selection.ts';

/** Which runs are selected. `shown` are those that match the filter, `items` the table's lines. */
export function useRunSelection(shown: ComputedRef<readonly RunRow[]>, items: ComputedRef<readonly ListItem[]>) {
  const ids = shallowRef<ReadonlySet<number>>(new Set());
  /** Where a range begins: the run that was selected last. */
  let anchor: number | null = null;

  const runs = computed(() => shown.value.filter(({ id }) => ids.value.has(id)));
  const isAll = computed(() => shown.value.length > 0 && runs.value.length === shown.value.length);

  /** One more or one less; with `isRange` every line from the last one that was selected to this. */
  function select(id: number, isRange: boolean): void {
    if (isRange && anchor !== null) {
      const lines = items.value.flatMap((item) => (item.kind === 'run' ? [item.run.id] : []));
      ids.value = new Set([...ids.value, ...between(lines, anchor, id)]);
    } else {
      ids.value = toggled(ids.value, id);
    }
    anchor = id;
  }
  const selectGroup = (members: readonly RunRow[]) => {
    ids.value = toggledAll(
      ids.value,
      members.map(({ id }) => id),
    );
  };
  const selectAll = () => selectGroup(shown.value);
  const clear = () => (ids.value = new Set());

  return { ids, runs, isAll, select, selectGroup, selectAll, clear };
}
