import type { CustomSeriesOption, LineSeriesOption, ScatterSeriesOption } from 'echarts';
import type { NetworkVersion } from '../../../contract/network.ts';
import type { StudyCell } from '../../../contract/study.ts';
import { lineSeries } from './curveSeries.ts';
import type { DepthAxis } from './depthAxis.ts';
import type { DepthMetric } from './depthMetric.ts';
import { seriesName, type BarKind } from './depthNames.ts';
import { shownInterval } from './depthRange.ts';
import { errorBars, faintDots, footMarks } from './marks.ts';
import { familyColour, VERSION_STYLE } from './palette.ts';
import type { ChartTheme } from './theme.ts';

export interface DepthScene {
  readonly bars: BarKind;
  readonly metric: DepthMetric;
  readonly axis: DepthAxis;
  readonly theme: ChartTheme;
}

export type MeasuredCell = StudyCell & { readonly mean: number };

/** The cells that have a mean, from the shallowest. */
export function withMean(cells: readonly StudyCell[]): MeasuredCell[] {
  return cells.filter((cell): cell is MeasuredCell => cell.mean !== null).sort((one, other) => one.depth - other.depth);
}

/** One version: its means as a line, intervals as bars, seeds as dots, failures as crosses. */
export function versionSeries(
  version: NetworkVersion,
  cells: readonly StudyCell[],
  { metric, axis, theme, bars: kind }: DepthScene,
): (LineSeriesOption | ScatterSeriesOption | CustomSeriesOption)[] {
  const look = { name: seriesName(version, kind), colour: familyColour(version, theme.mode), version };
  const place = ({ depth }: StudyCell) => axis.place(version, depth);
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
      symbol: VERSION_STYLE[version].symbol,
      xs: cells.flatMap((cell) => cell.values.map(() => axis.aside(version, cell.depth))),
      ys: cells.flatMap((cell) => cell.values.map(({ value }) => metric.show(value))),
    }),
    ...failures(look, cells, { axis, theme }),
  ];
}

/** A cross a cell with failed runs, V2's above V1's, with the family's name and how many. */
function failures(
  look: { readonly name: string; readonly colour: string; readonly version: NetworkVersion },
  cells: readonly StudyCell[],
  { axis, theme }: Pick<DepthScene, 'axis' | 'theme'>,
): CustomSeriesOption[] {
  const { version } = look;
  const failed = cells.filter((cell) => cell.failed.length > 0);
  if (failed.length === 0) return [];
  return [
    footMarks({
      ...look,
      xs: failed.map(({ depth }) => axis.place(version, depth)),
      row: version === 'v1' ? 0 : 1,
      labels: failed.map(
        (cell) => VERSION_STYLE[version].label + (cell.failed.length === 1 ? '' : ` ×${cell.failed.length}`),
      ),
      font: `${theme.fontSize}px ${theme.fontFamily}`,
    }),
  ];
}
