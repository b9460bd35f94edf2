import { computed, shallowRef } from 'vue';
import type { Chart, ChartView, ReadoutRow } from '../../../../charts/chart.ts';
import { plotScale } from '../../../../charts/plotScale.ts';
import type { ChartGroup } from './chartGroup.ts';
import type { Place } from './usePlotGestures.ts';

/** How near a mark the pointer has to be for a click, pixels. */
const REACH = 24;

interface Surroundings {
  chart(): Chart;
  view(): ChartView;
  group(): ChartGroup;
  /** Of the plot, pixels. */
  plot(): { readonly width: number; readonly height: number };
  /** Legend entries that are switched off. */
  hidden(): ReadonlySet<string>;
}

/** The crosshair of a chart: where it stands, what it says, which mark is nearest. Its x is the group's. */
export function useCrosshair({ chart, view, group, plot, hidden }: Surroundings) {
  const pointer = shallowRef<Place | null>(null);
  /** The readout for a screen reader; only when the crosshair is moved by keys. */
  const spoken = shallowRef('');
  const across = computed(() => plotScale(view().x, [0, plot().width]));
  const upward = computed(() => plotScale(view().y, [plot().height, 0]));

  /** With its pixel from the plot's left; null where the crosshair is not on what is shown. */
  const readout = computed(() => {
    const at = group().crosshair;
    if (at?.axis !== chart().home.x.name) return null;
    const top = pointer.value?.top;
    const found = chart().readout(at.x, top === undefined ? undefined : upward.value.toValue(top));
    const rows = found?.rows.filter(({ series }) => !hidden().has(series)) ?? [];
    if (!found || rows.length === 0) return null;
    const left = across.value.toPixel(found.x);
    return left < -1 || left > plot().width + 1 ? null : { ...found, rows, left };
  });

  const heightOf = ({ y }: ReadoutRow) => (y === null ? plot().height : upward.value.toPixel(y));
  const nearest = computed(() => {
    const [rows, top] = [readout.value?.rows ?? [], pointer.value?.top];
    if (top === undefined) return -1;
    const distances = rows.map((row) => Math.abs(heightOf(row) - top));
    return distances.indexOf(Math.min(...distances));
  });

  function hover(place: Place | null): void {
    pointer.value = place;
    group().crosshair = place && { axis: chart().home.x.name, x: across.value.toValue(place.left) };
  }

  /** The run whose mark is nearest to the pointer, within reach. */
  function runAt({ top }: Place): { readonly runId: number; readonly x: number } | null {
    const shown = readout.value;
    const distance = (row: ReadoutRow) => Math.abs(heightOf(row) - top);
    const [row] =
      shown?.rows.filter(({ runId }) => runId !== undefined).sort((a, b) => distance(a) - distance(b)) ?? [];
    return shown && row?.runId !== undefined && distance(row) <= REACH ? { runId: row.runId, x: shown.x } : null;
  }

  /** To the next place to the left or right where the readout changes. */
  function step(direction: 1 | -1): void {
    const { width } = plot();
    const from = readout.value?.left ?? (direction > 0 ? -1 : width + 1);
    for (let left = from + direction; left >= -1 && left <= width + 1; left += direction) {
      const found = chart().readout(across.value.toValue(left));
      if (!found || found.x === readout.value?.x) continue;
      group().crosshair = { axis: chart().home.x.name, x: found.x };
      spoken.value = `${found.title}: ${found.rows.map((row) => `${row.name} ${row.value}`).join(', ')}`;
      return;
    }
  }

  return { readout, nearest, spoken, hover, runAt, step };
}
