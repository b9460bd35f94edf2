import type { LineSeriesOption } from 'echarts';
import { decimalsFor, fixed, formatWithSpread, typographic } from '../analysis/format.ts';
import { comparisonName, comparisonsOf, type Comparison } from '../analysis/tables/pairedRows.ts';
import type { PairedDifference, StudyTable } from '../contract/study.ts';
import { axisEnds, chartFrame, legend, remarkAbove, remarkBelow } from './axes.ts';
import type { Chart, ChartView, ReadoutRow } from './chart.ts';
import { depthAxis, type DepthAxis } from './depthAxis.ts';
import type { DepthChartOptions } from './depthChart.ts';
import { depthMetric, type DepthMetric } from './depthMetric.ts';
import { BARS } from './depthNames.ts';
import { errorBars } from './marks.ts';
import { lineSeries } from './curveSeries.ts';
import { familyColour, SERIES_STYLE } from './palette.ts';
import type { ChartTheme } from './theme.ts';
import { rangeOf, type Range } from './ticks.ts';

/**
 * The paired differences at each depth, V2 - V1 and those of further series, with their 95 % intervals and the zero line.
 * With the options of the depth chart above it both have the same x axis.
 */
export function differenceChart(options: Omit<DepthChartOptions, 'logY' | 'fits'>): Chart {
  const { table, theme, bars = 'student', logX = true } = options;
  const metric = depthMetric(table.metric);
  const axis = depthAxis({ table, references: metric.showError === null ? [] : (options.references ?? []), logX });
  const lines = comparisonsOf(table).map((comparison) => shownComparison(comparison, { table, metric, axis, theme }));
  const names = lines.map(({ look }) => look.name);
  const title = names.length === 1 ? names[0]! : 'Paired differences';
  const [min, max] = ends(
    lines.flatMap(({ points }) => points),
    metric,
  );
  const unit = metric.differenceUnit.trim();
  const home: ChartView = {
    x: axis.span,
    y: { name: unit === '' ? title : `${title} (${unit})`, log: false, min, max },
  };
  const frame = chartFrame(theme, home, axis.depths);
  return {
    ...frame,
    option: {
      ...frame.option,
      ...(lines.length > 1
        ? { legend: legend(theme, names), title: remarkBelow(theme, whichIsBetter(table, metric)) }
        : { title: remarkAbove(theme, `Paired by seed, ${BARS[bars]}. ${whichIsBetter(table, metric)}`) }),
      series: lines.flatMap(({ look, symbol, points, place }, index) => [
        {
          ...lineSeries(
            look,
            points.map(place),
            points.map(({ mean }) => mean),
          ),
          showSymbol: true,
          symbol,
          symbolSize: 10,
          z: 5,
          ...(index === 0 ? { markLine: zeroLine(theme) } : {}),
        },
        errorBars({
          ...look,
          bars: Float64Array.from(
            points.flatMap((point) => (point.interval === null ? [] : [place(point), ...point.interval])),
          ),
        }),
      ]),
    },
    readout: (x) => {
      const depth = axis.nearest(x);
      const rows = lines.flatMap((line) =>
        line.differences.filter((one) => one.depth === depth).map((one) => row(one, metric, line)),
      );
      return depth === null || rows.length === 0 ? null : { title: `${depth} layers`, x: depth, rows };
    },
    table: () => ({
      caption: `${table.name}: ${names.join(', ')}, ${metric.label}, paired by seed`,
      heads: ['Difference', 'Depth', `Mean${metric.differenceUnit}`, '95 % low', '95 % high', 'Pairs', 'Verdict'],
      rows: lines.flatMap(({ look, differences }) =>
        differences.map((difference) => {
          const shown = shownDifference(difference, metric);
          const [low = null, high = null] = shown?.interval ?? [];
          return [look.name, difference.depth, shown?.mean ?? null, low, high, difference.n, difference.verdict];
        }),
      ),
    }),
    plot: () => ({
      title: `${table.name}: ${title}`,
      xTicks: axis.depths,
      curves: lines.map(({ look, points }) => ({
        name: look.name,
        series: look.series === 'v2' ? null : look.series,
        colour: look.series === 'v2' ? '#000000' : familyColour(look.series, 'light'),
        xs: points.map(({ depth }) => depth),
        ys: points.map(({ mean }) => mean),
        lows: points.map(({ interval, mean }) => interval?.[0] ?? mean),
        highs: points.map(({ interval, mean }) => interval?.[1] ?? mean),
      })),
    }),
  };
}

interface Scene {
  readonly table: StudyTable;
  readonly metric: DepthMetric;
  readonly axis: DepthAxis;
  readonly theme: ChartTheme;
}

/** V2 - V1 stands for both and is drawn in the text's colour; a further series' difference has the series' own. */
function shownComparison(comparison: Comparison, { table, metric, axis, theme }: Scene) {
  const { id } = comparison.series;
  const isOfVersions = id === 'v2';
  const differences = table.differences.filter(({ series }) => series === id);
  return {
    look: {
      name: comparisonName(comparison),
      colour: isOfVersions ? theme.text : familyColour(id, theme.mode),
      series: id,
    },
    symbol: isOfVersions ? 'diamond' : SERIES_STYLE[id].symbol,
    glyph: isOfVersions ? '◆' : SERIES_STYLE[id].glyph,
    differences,
    points: differences.flatMap((difference) => shownDifference(difference, metric) ?? []),
    place: ({ depth }: ShownDifference) => (isOfVersions ? depth : axis.place(id, depth)),
  };
}

function whichIsBetter(table: StudyTable, { higherIsBetter, comparative }: DepthMetric): string {
  const [only, ...more] = comparisonsOf(table);
  if (only === undefined || more.length > 0)
    return `Above 0: ${higherIsBetter ? 'the first-named' : 'the second-named'} is ${comparative}`;
  return `Above 0: ${(higherIsBetter ? only.series : only.against).label} is ${comparative}`;
}

function zeroLine(theme: ChartTheme): NonNullable<LineSeriesOption['markLine']> {
  return {
    silent: true,
    symbol: 'none',
    label: { show: false },
    lineStyle: { color: theme.muted, type: 'solid', width: 1 },
    data: [{ yAxis: 0 }],
  };
}

interface ShownDifference {
  readonly depth: number;
  readonly mean: number;
  readonly interval: Range | null;
}

function shownDifference({ depth, mean, interval }: PairedDifference, metric: DepthMetric): ShownDifference | null {
  if (mean === null) return null;
  return {
    depth,
    mean: metric.show(mean),
    interval: interval === null ? null : [metric.show(interval.low), metric.show(interval.high)],
  };
}

/** Zero is always there, and the axis spans no less than the depth chart's. */
function ends(points: readonly ShownDifference[], metric: DepthMetric): Range {
  const [low, high] = rangeOf([[0], ...points.map(({ mean, interval }) => interval ?? [mean])]) ?? [0, 0];
  const least = (metric.isPercent ? metric.minimumSpan(0) : 0.01) / 2;
  return axisEnds([Math.min(low, -least), Math.max(high, least)], false);
}

function row(
  difference: PairedDifference,
  metric: DepthMetric,
  { look, glyph }: ReturnType<typeof shownComparison>,
): ReadoutRow {
  const shown = shownDifference(difference, metric);
  const { name, colour } = look;
  const common = { series: name, name, colour, glyph, note: difference.verdict };
  if (shown === null) return { ...common, value: '–', y: null };
  const { mean, interval } = shown;
  const half = interval === null ? null : (interval[1] - interval[0]) / 2;
  const sign = mean > 0 ? '+' : '';
  const value =
    half === null ? typographic(fixed(mean, metric.decimals)) : formatWithSpread(mean, half, decimalsFor(half));
  return { ...common, value: `${sign}${value}${metric.differenceUnit}`, y: mean };
}
