import type { LayerQuantity } from '../../contract/flow.ts';
import type { NormMap } from '../../contract/frames.ts';
import { GRID } from '../axes.ts';
import type { ChartView } from '../chart.ts';
import { plotScale, type PlotScale } from '../plotScale.ts';
import type { ChartTheme } from '../theme.ts';
import type { Range } from '../ticks.ts';
import type { MapMark } from './marks.ts';
import type { ColourScale } from './normScale.ts';

/** Around the map: stages at the left, steps below, the colour bar at the right. Left is the charts' own. */
export const MAP_MARGINS = { left: GRID.left, right: 92, top: 10, bottom: 46 };

/** What is painted, in pixels of the page. */
export interface MapScene {
  readonly map: NormMap;
  readonly view: ChartView;
  readonly quantity: LayerQuantity;
  readonly scale: ColourScale;
  readonly theme: ChartTheme;
  readonly marks: readonly MapMark[];
  readonly width: number;
  readonly height: number;
}

/** The whole of a map: its steps, or those that are asked for, and its layers, the first at the top. */
export function mapHome(map: NormMap, stepRange?: Range): ChartView {
  const layers = Math.max(1, map.layers.length);
  const [first, last] = stepRange ?? [map.steps[0] ?? 1, map.lastStep];
  return {
    x: { name: 'Step', log: false, min: first, max: Math.max(last, first) + 1 },
    // Named by their number: a part of another network's layers is no part of these.
    y: { name: `Layer, 1 to ${layers}`, log: false, min: layers, max: 0 },
  };
}

export interface MapPlot {
  readonly left: number;
  readonly top: number;
  readonly width: number;
  readonly height: number;
  /** From steps and layers to pixels of the canvas. */
  readonly x: PlotScale;
  readonly y: PlotScale;
}

export function mapPlot({ view, width, height }: Pick<MapScene, 'view' | 'width' | 'height'>): MapPlot {
  const { left, top, right, bottom } = MAP_MARGINS;
  const plot = { left, top, width: Math.max(1, width - left - right), height: Math.max(1, height - top - bottom) };
  return {
    ...plot,
    x: plotScale(view.x, [left, left + plot.width]),
    y: plotScale(view.y, [top + plot.height, top]),
  };
}
