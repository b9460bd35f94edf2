import type { CustomSeriesOption, LineSeriesOption, ScatterSeriesOption } from 'echarts';
import type { SeriesHead } from '../contract/series.ts';
import type { StudyCell } from '../contract/study.ts';
import { lineSeries } from './curveSeries.ts';
import type { DepthAxis } from './depthAxis.ts';
import type { DepthMetric } from './depthMetric.ts';
import { shownInterval } from './depthRange.ts';
import { errorBars, faintDots, footMarks } from './marks.ts';
import { familyColour, SERIES_STYLE } from './palette.ts';
import type { ChartTheme } from './theme.ts';

export interface DepthScene {
  readonly metric: DepthMetric;
  readonly axis: DepthAxis;
  readonly theme: ChartTheme;
}

export type MeasuredCell = StudyCell & { readonly mean: number };

/** The cells that have a mean, from the shallowest. */
export function withMean(cells: readonly StudyCell[]): MeasuredCell[] {
  return cells.filter((cell): cell is MeasuredCell => cell.mean !== null).sort((one, other) => one.depth - other.depth);
}

/** A series with its place among those of the chart, and the legend's name of it. */
type PlacedSeries = SeriesHead & { readonly row: number; readonly name: string };

/** One series: its means as a line, intervals as bars, seeds as dots, failures as crosses. */
export function measuredSeries(
  series: PlacedSeries,
  cells: readonly StudyCell[],
  { metric, axis, theme }: DepthScene,
): (LineSeriesOption | ScatterSeriesOption | CustomSeriesOption)[] {
  const { id, name } = series;
  const look = { name, colour: familyColour(id, theme.mode), series: id };
  const place = ({ depth }: StudyCell) => axis.place(id, depth);
  const means = withMean(cells);
  const line = lineSeries(
    look,
    means.map(place),
    means.map(({ mean }) => metric.show(mean)),
  );
  const bars = cells.flatMap((cell) => {
    const interval = shownInterval(metric, cell.interval);
    return interval === null ? [] : [place(cell), ...interval];
  });
  return [
    { ...line, showSymbol: true, symbolSize: 8, z: 5 },
    errorBars({ ...look, bars: Float64Array.from(bars) }),
    faintDots({
      ...look,
      symbol: SERIES_STYLE[id].symbol,
      xs: cells.flatMap((cell) => cell.values.map(() => axis.aside(id, cell.depth))),
      ys: cells.flatMap((cell) => cell.values.map(({ value }) => metric.show(value))),
    }),
    ...failures(look.colour, series, cells, { axis, theme }),
  ];
}

/** A cross a cell with failed runs, each series above the one before, with its name and how many. */
function failures(
  colour: string,
  { id, label, name, row }: PlacedSeries,
  cells: readonly StudyCell[],
  { axis, theme }: Pick<DepthScene, 'axis' | 'theme'>,
): CustomSeriesOption[] {
  const failed = cells.filter((cell) => cell.failed.length > 0);
  if (failed.length === 0) return [];
  return [
    footMarks({
      name,
      colour,
      xs: failed.map(({ depth }) => axis.place(id, depth)),
      row,
      labels: failed.map((cell) => label + (cell.failed.length === 1 ? '' : ` ×${cell.failed.length}`)),
      font: `${theme.fontSize}px ${theme.fontFamily}`,
    }),
  ];
}
