import { onBeforeUnmount, shallowReactive, shallowRef, watch, type ShallowRef } from 'vue';
import type { AxisSpan } from '../../../../charts/plotScale.ts';

/** What the charts of a group share: the crosshair's place and the part of the x axis that they show. */
export interface ChartGroup {
  /** `axis` is the x axis' name: charts over other units do not follow. */
  crosshair: { readonly axis: string; readonly x: number } | null;
  span: AxisSpan | null;
}

const groups = new Map<string, { readonly group: ChartGroup; members: number }>();

/** The group of that name, for as long as a chart is in it; a chart without a name is a group of its own. */
export function useChartGroup(name: () => string | undefined): Readonly<ShallowRef<ChartGroup>> {
  const joined = shallowRef(newGroup());
  let leave: (() => void) | null = null;
  watch(
    name,
    (wanted) => {
      leave?.();
      leave = null;
      if (wanted === undefined) {
        joined.value = newGroup();
        return;
      }
      const entry = groups.get(wanted) ?? { group: newGroup(), members: 0 };
      groups.set(wanted, entry);
      entry.members += 1;
      joined.value = entry.group;
      leave = () => {
        entry.members -= 1;
        if (entry.members === 0) groups.delete(wanted);
      };
    },
    { immediate: true },
  );
  onBeforeUnmount(() => leave?.());
  return joined;
}

function newGroup(): ChartGroup {
  return shallowReactive({ crosshair: null, span: null });
}
