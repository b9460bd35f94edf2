import type { CustomSeriesOption } from 'echarts';
import { formatMeasurement } from '../analysis/format.ts';
import { smooth } from '../analysis/smooth.ts';
import type { NetworkVersion } from '../contract/network.ts';
import { axisEnds, chartFrame, legend, tightEnds } from './axes.ts';
import { byHeight, type Chart, type ChartView, type ReadoutRow } from './chart.ts';
import { faintSeries, lineSeries, notFiniteMarks } from './curveSeries.ts';
import { drawable } from './drawable.ts';
import { verticalMarks } from './marks.ts';
import { nearestIndex } from './nearest.ts';
import { seriesColour, SERIES_STYLE, type ThemeMode } from './palette.ts';
import type { ChartTheme } from './theme.ts';
import { rangeOf, type Range } from './ticks.ts';
import { perStep, X_MODES, type XMode } from './xMode.ts';

/** One run's curve, as `curves.watch` gives it, with what names and scales it. */
export interface LearningCurve {
  readonly runId: number;
  /** The legend's entry; curves that share it are shown and hidden together. */
  readonly name: string;
  readonly version: NetworkVersion;
  readonly depth: number;
  /** Left out: its family's, by its depth. */
  readonly colours?: Readonly<Record<ThemeMode, string>>;
  readonly seed: number;
  readonly steps: Float64Array;
  readonly values: Float32Array;
  readonly stepsPerEpoch: number;
  readonly batchSize: number;
  /** A step's usual duration in milliseconds, for the time axis. */
  readonly stepMs: number | null;
  /** What was changed by hand, and from which step on. */
  readonly changes?: readonly { readonly step: number; readonly label: string }[];
}

export interface LearningCurveOptions {
  readonly curves: readonly LearningCurve[];
  readonly theme: ChartTheme;
  /** What is measured, `Training loss`. */
  readonly yName: string;
  /** `%`; empty where there is none. */
  readonly unit?: string;
  /** From the stored value to the shown one: 100 for an accuracy in percent. */
  readonly scale?: number;
  readonly xMode?: XMode;
  readonly logX?: boolean;
  readonly logY?: boolean;
  /** Weight of the moving average, 0 (off) to below 1. */
  readonly smoothing?: number;
  /** Steps that the axis spans although the points are only of a part of them: a zoomed curve that was read again. */
  readonly stepRange?: Range;
}

/** Runs over their steps. The raw line stands faint behind the smoothed one; NaN is a gap with a cross at the foot. */
export function learningCurve(options: LearningCurveOptions): Chart {
  const { theme, yName, unit = '', xMode = 'step', logX = false, logY = false, smoothing = 0 } = options;
  const mode = X_MODES[xMode];
  const yTitle = unit === '' ? yName : `${yName} (${unit})`;
  const curves = options.curves.map((curve) => shownCurve(curve, options));
  const { stepRange } = options;
  const spans =
    stepRange === undefined ? [] : options.curves.map((curve) => stepRange.map((step) => step * perStep(curve, xMode)));
  const [xMin, xMax] = tightEnds(rangeOf([...curves.map(({ xs }) => xs), ...spans], logX), logX);
  const yRange = rangeOf(
    curves.flatMap(({ raw, shown }) => [raw, shown]),
    logY,
  );
  const [yMin, yMax] = axisEnds(yRange, logY);
  const home: ChartView = {
    x: { name: mode.label, log: logX, min: xMin, max: xMax },
    y: { name: yTitle, log: logY, min: yMin, max: yMax },
  };
  const frame = chartFrame(theme, home);
  return {
    ...frame,
    option: {
      ...frame.option,
      legend: legend(theme, [...new Set(options.curves.map(({ name }) => name))]),
      series: [
        ...changeMarks(options.curves, theme, xMode),
        ...curves.flatMap(({ look, xs, raw, shown }) => [
          lineSeries(look, xs, drawable(shown, logY)),
          ...(smoothing > 0 ? [faintSeries(look, xs, drawable(raw, logY))] : []),
          ...notFiniteMarks(look, xs, raw),
        ]),
      ],
    },
    readout: (x) => {
      const rows = curves.flatMap((curve) => rowAt(curve, x, unit) ?? []).sort(byHeight);
      const stops = curves.map(({ xs }) => xs[nearestIndex(xs, x)] ?? Infinity);
      const snapped = stops.reduce((best, stop) => (Math.abs(stop - x) < Math.abs(best - x) ? stop : best), Infinity);
      return rows.length === 0 ? null : { title: mode.say(snapped), x: snapped, rows };
    },
    table: () => ({
      caption: `${yTitle} of ${curves.length} ${curves.length === 1 ? 'run' : 'runs'}`,
      heads: [
        'Run',
        'Name',
        'Seed',
        'Step',
        ...(xMode === 'step' ? [] : [mode.label]),
        yTitle,
        ...(smoothing > 0 ? ['Smoothed'] : []),
      ],
      rows: curves.flatMap(({ curve, xs, raw, shown }) =>
        Array.from(raw, (value, index) => [
          curve.runId,
          curve.name,
          curve.seed,
          curve.steps[index]!,
          ...(xMode === 'step' ? [] : [xs[index]!]),
          value,
          ...(smoothing > 0 ? [shown[index]!] : []),
        ]),
      ),
    }),
    plot: () => ({
      title: yName,
      curves: curves.map(({ rowName, curve, xs, shown }) => ({
        name: rowName,
        series: curve.version,
        colour: colourOf(
          curve,
          curves.map((one) => one.curve),
          'light',
        ),
        xs,
        ys: shown,
      })),
    }),
  };
}

/** One line for what several curves of a run share. */
function changeMarks(curves: readonly LearningCurve[], theme: ChartTheme, xMode: XMode): CustomSeriesOption[] {
  const labels = new Map(
    curves.flatMap((curve) =>
      (curve.changes ?? []).map(({ step, label }) => [step * perStep(curve, xMode), label] as const),
    ),
  );
  if (labels.size === 0) return [];
  const font = `${theme.fontSize}px ${theme.fontFamily}`;
  return [verticalMarks({ colour: theme.muted, font, xs: [...labels.keys()], labels: [...labels.values()] })];
}

type ShownCurve = ReturnType<typeof shownCurve>;

function shownCurve(curve: LearningCurve, options: LearningCurveOptions) {
  const { curves, theme, scale = 1, xMode = 'step', smoothing = 0 } = options;
  const { version, name } = curve;
  const factor = perStep(curve, xMode);
  const raw = Float64Array.from(curve.values, (value) => value * scale);
  const isOnly = curves.filter((other) => other.name === name).length === 1;
  return {
    curve,
    look: {
      name,
      series: version,
      colour: colourOf(curve, curves, theme.mode),
    },
    rowName: isOnly ? name : `${name}, seed ${curve.seed}`,
    xs: curve.steps.map((step) => step * factor),
    raw,
    shown: smoothing > 0 ? smooth(raw, smoothing) : raw,
  };
}

function colourOf(
  { version, depth, colours }: LearningCurve,
  curves: readonly LearningCurve[],
  theme: ThemeMode,
): string {
  return (
    colours?.[theme] ?? seriesColour({ series: version, depth, depths: curves.map((curve) => curve.depth), theme })
  );
}

/** The value at the point nearest to x; nothing beyond the curve's ends. */
function rowAt({ curve, look, rowName, xs, raw, shown }: ShownCurve, x: number, unit: string): ReadoutRow | null {
  const index = nearestIndex(xs, x);
  if (index < 0 || isBeyond(xs, x)) return null;
  const say = (value: number) => formatMeasurement(value) + (unit === '' ? '' : ` ${unit}`);
  const value = shown[index]!;
  return {
    series: look.name,
    name: rowName,
    value: say(value),
    ...(shown === raw ? {} : { aside: `raw ${say(raw[index]!)}` }),
    colour: look.colour,
    glyph: SERIES_STYLE[look.series].glyph,
    y: Number.isFinite(value) ? value : null,
    runId: curve.runId,
  };
}

/** Farther outside than half of the mean distance between two points. */
function isBeyond(xs: Float64Array, x: number): boolean {
  const [first, last] = [xs[0]!, xs.at(-1)!];
  const reach = (last - first) / (2 * Math.max(1, xs.length - 1)) || 0.5;
  return x < first - reach || x > last + reach;
}
