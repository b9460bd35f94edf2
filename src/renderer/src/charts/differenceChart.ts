import { decimalsFor, fixed, formatWithSpread, typographic } from '../../../analysis/format.ts';
import type { PairedDifference } from '../../../contract/study.ts';
import { axesOf, axisEnds, chartBase, remarkAbove } from './axes.ts';
import type { Chart, ChartView, ReadoutRow } from './chart.ts';
import { depthAxis } from './depthAxis.ts';
import type { DepthChartOptions } from './depthChart.ts';
import { depthMetric, type DepthMetric } from './depthMetric.ts';
import { errorBars } from './marks.ts';
import { lineSeries } from './curveSeries.ts';
import { rangeOf, type Range } from './ticks.ts';

const NAME = 'V2 − V1';

/**
 * The paired difference V2 - V1 at each depth with its 95 % interval and the zero line. With the options of the depth
 * chart above it both have the same x axis.
 */
export function differenceChart(options: Omit<DepthChartOptions, 'logY' | 'fits'>): Chart {
  const { table, theme, bars: kind = 'student', logX = true } = options;
  const metric = depthMetric(table.metric);
  const axis = depthAxis({ table, references: metric.showError === null ? [] : (options.references ?? []), logX });
  const points = table.differences.flatMap((difference) => shownDifference(difference, metric) ?? []);
  const look = { name: NAME, colour: theme.text, version: 'v2' } as const;
  const xs = points.map(({ depth }) => depth);
  const ys = points.map(({ mean }) => mean);
  const bars = points.flatMap(({ depth, interval }) => (interval === null ? [] : [depth, ...interval]));
  const above = metric.higherIsBetter ? 'V2' : 'V1';
  const [min, max] = ends(points, metric);
  const unit = metric.differenceUnit.trim();
  const home: ChartView = { x: axis.span, y: { name: unit === '' ? NAME : `${NAME} (${unit})`, log: false, min, max } };
  const axes = axesOf(theme, axis.depths);
  return {
    home,
    axes,
    option: {
      ...chartBase(theme),
      ...axes(home),
      title: remarkAbove(
        theme,
        `Paired by seed, mean and 95 % ${kind === 'student' ? '' : 'bootstrap '}interval. Above 0: ${above} is ${metric.comparative}`,
      ),
      series: [
        {
          ...lineSeries(look, xs, ys),
          showSymbol: true,
          symbol: 'diamond',
          symbolSize: 10,
          z: 5,
          markLine: {
            silent: true,
            symbol: 'none',
            label: { show: false },
            lineStyle: { color: theme.muted, type: 'solid', width: 1 },
            data: [{ yAxis: 0 }],
          },
        },
        errorBars({ name: NAME, colour: theme.text, bars: Float64Array.from(bars) }),
      ],
    },
    readout: (x) => {
      const depth = axis.nearest(x);
      const difference = table.differences.find((candidate) => candidate.depth === depth);
      if (depth === null || difference === undefined) return null;
      return { title: `${depth} layers`, x: depth, rows: [row(difference, metric, theme.text)] };
    },
    table: () => ({
      caption: `${table.name}: ${NAME}, ${metric.label}, paired by seed`,
      heads: ['Depth', `Mean ${NAME}${metric.differenceUnit}`, '95 % low', '95 % high', 'Pairs', 'Verdict'],
      rows: table.differences.map((difference) => {
        const shown = shownDifference(difference, metric);
        const [low = null, high = null] = shown?.interval ?? [];
        return [difference.depth, shown?.mean ?? null, low, high, difference.n, difference.verdict];
      }),
    }),
    plot: () => ({
      title: `${table.name}: ${NAME}`,
      xTicks: axis.depths,
      curves: [
        {
          name: NAME,
          version: null,
          colour: '#000000',
          xs,
          ys,
          lows: points.map(({ interval, mean }) => interval?.[0] ?? mean),
          highs: points.map(({ interval, mean }) => interval?.[1] ?? mean),
        },
      ],
    }),
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

function row(difference: PairedDifference, metric: DepthMetric, colour: string): ReadoutRow {
  const shown = shownDifference(difference, metric);
  const common = { series: NAME, name: NAME, colour, glyph: '◆', note: difference.verdict };
  if (shown === null) return { ...common, value: '–', y: null };
  const { mean, interval } = shown;
  const half = interval === null ? null : (interval[1] - interval[0]) / 2;
  const sign = mean > 0 ? '+' : '';
  const value =
    half === null ? typographic(fixed(mean, metric.decimals)) : formatWithSpread(mean, half, decimalsFor(half));
  return { ...common, value: `${sign}${value}${metric.differenceUnit}`, y: mean };
}
