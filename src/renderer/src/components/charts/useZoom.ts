import { computed, shallowRef } from 'vue';
import type { ChartView } from '../../../../charts/chart.ts';
import { partOf, type AxisSpan } from '../../../../charts/plotScale.ts';
import type { Range } from '../../../../charts/ticks.ts';
import type { ChartGroup } from './chartGroup.ts';

/** Which part of a chart is shown. The x axis is the group's, the y axis the chart's own. */
export function useZoom(home: () => ChartView, group: () => ChartGroup) {
  const y = shallowRef<AxisSpan | null>(null);

  /** A part of an axis that measures something else by now (log switched, another unit) is no part of it. */
  const partOrHome = (part: AxisSpan | null, whole: AxisSpan): AxisSpan =>
    part !== null && part.log === whole.log && part.name === whole.name ? part : whole;

  const view = computed<ChartView>(() => ({ x: partOrHome(group().span, home().x), y: partOrHome(y.value, home().y) }));
  const isZoomed = computed(() => view.value.x !== home().x || view.value.y !== home().y);

  /** Shows what lies between two shares of each axis' present length; an axis that is left out stays. */
  function show(shares: { readonly x?: Range; readonly y?: Range }): void {
    const orNull = (part: AxisSpan, whole: AxisSpan) => (part === whole ? null : part);
    if (shares.x) group().span = orNull(partOf(view.value.x, home().x, shares.x), home().x);
    if (shares.y) y.value = orNull(partOf(view.value.y, home().y, shares.y), home().y);
  }

  function reset(): void {
    group().span = null;
    y.value = null;
  }

  return { view, isZoomed, show, reset };
}
