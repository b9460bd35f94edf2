import type {
  EChartsOption,
  GridComponentOption,
  LegendComponentOption,
  TitleComponentOption,
  XAXisComponentOption,
  YAXisComponentOption,
} from 'echarts';
import type { Chart, ChartView } from './chart.ts';
import type { AxisSpan } from './plotScale.ts';
import type { ChartTheme } from './theme.ts';
import { tickLabel } from './tickLabel.ts';
import { linearTicks, logRange, logTicks, roundRange, roundStep, type Range } from './ticks.ts';

/** Pixels around the plot. The same for all charts, so that charts one below the other share their x axis. */
export const GRID = { left: 64, right: 20, top: 34, bottom: 54 } satisfies GridComponentOption;

/** What every chart starts from. No animation: a refresh moves nothing that has not changed. */
function chartBase(theme: ChartTheme): EChartsOption {
  return {
    animation: false,
    textStyle: { fontFamily: theme.fontFamily, fontSize: theme.fontSize, color: theme.text },
    grid: { ...GRID, outerBoundsMode: 'none' },
  };
}

function xAxis(theme: ChartTheme, span: AxisSpan, ticks?: readonly number[]): XAXisComponentOption {
  return { ...axis(theme, span, ticks), nameGap: 26, splitLine: { show: false } };
}

function yAxis(theme: ChartTheme, span: AxisSpan): YAXisComponentOption {
  // ECharts' own ticks take in the ends of the axis, which then crowd the round ones.
  const common = axis(theme, span, span.log ? undefined : linearTicks([span.min, span.max]));
  return { ...common, nameGap: 46, axisLine: { show: false }, axisTick: { ...common.axisTick, show: false } };
}

function axis(theme: ChartTheme, { name, log, min, max }: AxisSpan, ticks?: readonly number[]) {
  const marks = ticks ?? (log ? logTicks([min, max]) : undefined);
  const custom = marks === undefined ? {} : { customValues: [...marks] };
  return {
    type: log ? ('log' as const) : ('value' as const),
    name,
    nameLocation: 'middle' as const,
    nameTextStyle: { color: theme.muted, fontSize: theme.fontSize },
    min,
    max,
    axisLine: { show: true, onZero: false, lineStyle: { color: theme.border } },
    axisTick: { show: true, lineStyle: { color: theme.border }, ...custom },
    axisLabel: {
      color: theme.muted,
      fontSize: theme.fontSize,
      formatter: tickLabel,
      hideOverlap: true,
      // ECharts' own ticks begin and end with the ends of the axis, round or not; ours are all meant.
      showMinLabel: marks !== undefined || isRound(min, max),
      showMaxLabel: marks !== undefined || isRound(max, min),
      ...custom,
    },
    splitLine: { show: true, lineStyle: { color: theme.border, width: 1, opacity: 0.6 } },
  };
}

/** Whether an end of the axis is a number to print: on a step, or a short whole number such as the first step's 1. */
function isRound(end: number, other: number): boolean {
  const steps = end / roundStep(Math.abs(other - end));
  return Math.abs(steps - Math.round(steps)) < 1e-6 || (Number.isInteger(end) && Number(end.toPrecision(3)) === end);
}

/** What every chart begins with: its axes, the whole of them at first. A builder adds what stands on them. */
export function chartFrame(
  theme: ChartTheme,
  home: ChartView,
  xTicks?: readonly number[],
): Pick<Chart, 'home' | 'axes' | 'option'> {
  const axes: Chart['axes'] = ({ x, y }) => ({ xAxis: xAxis(theme, x, xTicks), yAxis: yAxis(theme, y) });
  return { home, axes, option: { ...chartBase(theme), ...axes(home) } };
}

/** Where an axis over data of that range ends. */
export function axisEnds(range: Range | null, log: boolean): Range {
  if (range === null) return log ? [0.1, 1] : [0, 1];
  if (log) return logRange(range);
  const { min, max } = roundRange(range);
  return [min, max];
}

/** Where the x axis of curves ends: with them, because rounding would leave empty strips. */
export function tightEnds(range: Range | null, log: boolean): Range {
  return range !== null && range[1] > range[0] ? range : axisEnds(range, log);
}

/** Height of a line over that of its letters. */
const LEGEND_LINE = 1.4;

/** One line above the plot; pages through its entries where they do not fit. */
export function legend(theme: ChartTheme, names: readonly string[]): LegendComponentOption {
  return {
    type: 'scroll',
    data: [...names],
    top: 2,
    left: GRID.left - 6,
    right: GRID.right,
    itemWidth: 26,
    itemHeight: 8,
    itemGap: 14,
    inactiveColor: theme.border,
    // Where names do not fit, ECharts clips the entries to their height: without a line's it would cut the letters.
    textStyle: { color: theme.text, fontSize: theme.fontSize, lineHeight: LEGEND_LINE * theme.fontSize },
    pageIconSize: 10,
    pageIconColor: theme.muted,
    pageIconInactiveColor: theme.border,
    pageTextStyle: { color: theme.muted, fontSize: theme.fontSize },
  };
}

/** A quiet line above the plot, where a chart has no legend. */
export function remarkAbove(theme: ChartTheme, text: string): TitleComponentOption {
  return { text, top: 7, left: GRID.left, ...quiet(theme) };
}

/** A quiet line in the corner below the plot and the axis' name, which it would run into in a narrow chart. */
export function remarkBelow(theme: ChartTheme, text: string): TitleComponentOption {
  // `left: 'right'` aligns the text itself: in another font than it was measured in, it still ends at the edge.
  return { text, bottom: 2, left: 'right', ...quiet(theme), padding: [0, GRID.right, 0, 0] };
}

function quiet(theme: ChartTheme): TitleComponentOption {
  return { padding: 0, textStyle: { color: theme.muted, fontSize: theme.fontSize, fontWeight: 'normal' } };
}
