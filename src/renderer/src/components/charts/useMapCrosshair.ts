import { computed, shallowRef } from 'vue';
import { formatQuantity } from '../../../../analysis/layerQuantities.ts';
import type { LayerQuantity } from '../../../../contract/flow.ts';
import type { NormMap } from '../../../../contract/frames.ts';
import { cellAt, columnOf, type MapCell } from '../../../../charts/gradientMap/cells.ts';
import { MAP_MARGINS, type MapPlot } from '../../../../charts/gradientMap/scene.ts';
import type { ChartGroup } from './chartGroup.ts';
import type { Place } from './usePlotGestures.ts';

interface Surroundings {
  map(): NormMap;
  quantity(): LayerQuantity;
  plot(): MapPlot;
  group(): ChartGroup;
}

/** The crosshair of a gradient map, by pointer and by keys. Its step is the group's, its layer the map's own. */
export function useMapCrosshair({ map, quantity, plot, group }: Surroundings) {
  /** In layers from the top; null where the crosshair is not on this map. */
  const height = shallowRef<number | null>(null);
  /** The cell for a screen reader; only when the crosshair is moved by keys. */
  const spoken = shallowRef('');
  const step = computed(() => (group().crosshair?.axis === 'Step' ? group().crosshair!.x : null));
  const cell = computed<MapCell | null>(() =>
    step.value === null || height.value === null ? null : cellAt(map(), step.value, height.value),
  );

  function hover(place: Place | null): void {
    height.value = place && plot().y.toValue(MAP_MARGINS.top + place.top);
    group().crosshair = place && { axis: 'Step', x: plot().x.toValue(MAP_MARGINS.left + place.left) };
  }

  /** By cells, from where the crosshair is or from the middle of what is shown; it stays on what is shown. */
  function move(columns: number, layers: number): void {
    const { steps } = map();
    const { x, y, left, top, width, height: tall } = plot();
    const shown = {
      firstColumn: Math.max(0, columnOf(steps, x.toValue(left))),
      lastColumn: Math.max(0, columnOf(steps, x.toValue(left + width))),
      firstLayer: Math.floor(y.toValue(top)),
      lastLayer: Math.ceil(y.toValue(top + tall)) - 1,
    };
    const column = columnOf(steps, step.value ?? x.toValue(left + width / 2)) + columns;
    const layer = Math.floor(height.value ?? y.toValue(top + tall / 2)) + layers;
    height.value = Math.min(Math.max(layer, shown.firstLayer), shown.lastLayer) + 0.5;
    const at = Math.min(Math.max(column, shown.firstColumn), shown.lastColumn);
    // The first column's first step may lie left of a zoomed view, which shows its end only.
    group().crosshair = { axis: 'Step', x: Math.max(steps[at] ?? 1, x.toValue(left)) };
    const { layerName, step: first, norm } = cell.value ?? {};
    spoken.value = norm === undefined ? '' : `${layerName}, step ${first}: ${formatQuantity(quantity(), norm)}`;
  }

  const acrossStyle = computed(() => {
    if (height.value === null) return undefined;
    const { y, left, top, width, height: tall } = plot();
    const at = y.toPixel(height.value);
    return at < top || at > top + tall ? undefined : { top: `${at}px`, left: `${left}px`, width: `${width}px` };
  });
  const downStyle = computed(() => {
    if (step.value === null) return undefined;
    const { x, left, top, width, height: tall } = plot();
    const at = x.toPixel(step.value);
    return at < left || at > left + width ? undefined : { left: `${at}px`, top: `${top}px`, height: `${tall}px` };
  });
  /** In the quarter across from the crosshair's, so that the readout never covers what it speaks of. */
  const isRight = computed(() => plot().x.toPixel(step.value ?? 0) > plot().left + plot().width / 2);
  const isLow = computed(() => plot().y.toPixel(height.value ?? 0) > plot().top + plot().height / 2);
  const readoutStyle = computed(() => ({
    left: `${isRight.value ? plot().left + 8 : plot().left + plot().width - 8}px`,
    top: `${isLow.value ? plot().top + 8 : plot().top + plot().height - 8}px`,
    transform: `translate(${isRight.value ? 0 : -100}%, ${isLow.value ? 0 : -100}%)`,
  }));

  /** Nothing is said of a cell that is out of sight. */
  const shownCell = computed(() => (acrossStyle.value && downStyle.value ? cell.value : null));

  return { cell: shownCell, spoken, hover, move, acrossStyle, downStyle, readoutStyle };
}
