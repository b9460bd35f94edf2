import type { LineSeriesOption, SeriesOption } from 'echarts';
import { axisEnds, chartFrame, legend } from './axes.ts';
import { byHeight, type Chart, type ChartTable, type ChartView, type ReadoutRow } from './chart.ts';
import type { CurveLook } from './curveSeries.ts';
import { familyColour } from './palette.ts';
import { stageBands } from './stageBands.ts';
import type { ChartTheme } from './theme.ts';
import { rangeOf } from './ticks.ts';

/** A curve with a point a layer (or block), in depth order; the first stands at 1. */
export interface LayerCurve {
  readonly look: CurveLook;
  readonly xs: Float64Array;
  readonly ys: Float64Array;
}

interface LayersChartOptions<Curve extends LayerCurve> {
  readonly curves: readonly Curve[];
  /** Names of the layers whose stages stand behind the curves. */
  readonly layers: readonly string[];
  readonly theme: ChartTheme;
  readonly xName: string;
  readonly yName: string;
  readonly logY: boolean;
  /** What is drawn of a curve, its line first. */
  series(curve: Curve, index: number): readonly [LineSeriesOption, ...SeriesOption[]];
  /** Title of the readout at a layer, 1 to `count`. */
  titleAt(layer: number, count: number): string;
  /** What the readout says of a curve at a layer, from 0. */
  rowsAt(curve: Curve, index: number): readonly ReadoutRow[];
  table(): ChartTable;
  readonly plotTitle: string;
}

/** Curves over the layers of a network, from the image (left) to the loss, in front of the bands of its stages. */
export function layersChart<Curve extends LayerCurve>(options: LayersChartOptions<Curve>): Chart {
  const { curves, layers, theme, xName, yName, logY, series, titleAt, rowsAt, table, plotTitle } = options;
  const count = Math.max(1, ...curves.map(({ xs }) => xs.length));
  const heights = curves.map(({ ys }) => ys);
  const [min, max] = axisEnds(rangeOf(heights, logY), logY);
  const home: ChartView = {
    x: { name: xName, log: false, min: 0.5, max: count + 0.5 },
    y: { name: yName, log: logY, min, max },
  };
  const frame = chartFrame(theme, home);
  const names = curves.map(({ look }) => look.name);
  return {
    ...frame,
    option: {
      ...frame.option,
      legend: legend(theme, names),
      series: curves.flatMap((curve, index) => {
        const [line, ...others] = series(curve, index);
        return [index === 0 ? { ...line, markArea: stageBands(layers, theme) } : line, ...others];
      }),
    },
    readout: (x) => {
      const layer = Math.min(count, Math.max(1, Math.round(x)));
      const rows = curves.flatMap((curve) => rowsAt(curve, layer - 1)).sort(byHeight);
      return rows.length === 0 ? null : { title: titleAt(layer, count), x: layer, rows };
    },
    table,
    plot: () => ({
      title: plotTitle,
      curves: curves.map(({ look: { name, series: id }, xs, ys }) => {
        return { name, series: id, colour: familyColour(id, 'light'), xs, ys };
      }),
    }),
  };
}
