import { mean } from '../analysis/seeds.ts';
import type { SeriesId } from '../contract/series.ts';
import type { EpochRow } from '../contract/run.ts';
import { axisEnds, chartFrame, legend, remarkBelow, tightEnds } from './axes.ts';
import { byHeight, type Chart, type ChartView } from './chart.ts';
import { faintSeries, lineSeries, notFiniteMarks } from './curveSeries.ts';
import { drawable } from './drawable.ts';
import { EPOCH_METRICS, type EpochMetric, type EpochMetricFacts } from './epochMetric.ts';
import { BAND_NAMES, groupCurve, type BandKind } from './groupCurve.ts';
import { band as bandSeries } from './band.ts';
import { groupRows } from './groupRows.ts';
import { nearestIndex } from './nearest.ts';
import { seriesColour, type ThemeMode } from './palette.ts';
import type { ChartTheme } from './theme.ts';
import { rangeOf } from './ticks.ts';

/** Runs whose mean is drawn: mostly those that differ in their seed only. */
export interface CurveGroup {
  /** Left out: the label and depth say what it is. */
  readonly name?: string;
  readonly series: SeriesId;
  readonly label: string;
  readonly depth: number;
  /** Left out: its family's, by its depth. */
  readonly colours?: Readonly<Record<ThemeMode, string>>;
  readonly members: readonly GroupMember[];
}

export interface GroupMember {
  readonly runId: number;
  readonly seed: number;
  /** Ascending. */
  readonly epochs: readonly EpochRow[];
}

/** What the x axis counts. */
export interface EpochAxis {
  readonly name: string;
  /** Where an epoch's end stands on it. A group's mean stands at the mean of its members' places. */
  at(row: EpochRow): number;
  /** A place in words. */
  say(x: number): string;
}

const EPOCHS: EpochAxis = { name: 'Epoch', at: ({ epoch }) => epoch, say: (x) => `Epoch ${x}` };

/** Few epochs are ticks themselves: there is none between two of them. */
const MOST_TICKS = 8;

export interface GroupedCurveOptions {
  readonly groups: readonly CurveGroup[];
  readonly metric: EpochMetric;
  readonly theme: ChartTheme;
  /** By epoch where it is left out. */
  readonly axis?: EpochAxis;
  /** Runs whose mean at the same epoch is taken from every value. */
  readonly baseline?: readonly GroupMember[];
  /** The lowest and highest seed by default: with three seeds an interval says more about n than about the runs. */
  readonly band?: BandKind;
  /** Draws each seed faint behind its group. */
  readonly showMembers?: boolean;
  readonly logX?: boolean;
  readonly logY?: boolean;
}

/** Groups of runs over epochs: the mean of each as a line in a band. NaN is left out of both and marked at the foot. */
export function groupedCurve(options: GroupedCurveOptions): Chart {
  const { theme, logX = false, logY = false, showMembers = false, band = 'minMax', axis = EPOCHS } = options;
  const metric = EPOCH_METRICS[options.metric];
  const yName = options.baseline === undefined ? metric.label : `${metric.label}, less the baseline`;
  const groups = options.groups.map((group) => shownGroup(group, options));
  const [xMin, xMax] = tightEnds(
    rangeOf(
      groups.map(({ xs }) => xs),
      logX,
    ),
    logX,
  );
  const heights = groups.flatMap(({ curve, members }) => [
    curve.means,
    curve.lows,
    curve.highs,
    ...(showMembers ? members.map(({ ys }) => ys) : []),
  ]);
  const [yMin, yMax] = axisEnds(rangeOf(heights, logY), logY);
  const home: ChartView = {
    x: { name: axis.name, log: logX, min: xMin, max: xMax },
    y: {
      name: options.baseline === undefined ? yName : `Difference${differenceUnit(metric)}`,
      log: logY,
      min: yMin,
      max: yMax,
    },
  };
  const epochs = axis === EPOCHS ? [...new Set(groups.flatMap(({ xs }) => [...xs]))] : [];
  const frame = chartFrame(theme, home, epochs.length > 0 && epochs.length <= MOST_TICKS ? epochs : undefined);
  return {
    ...frame,
    option: {
      ...frame.option,
      legend: legend(
        theme,
        groups.map(({ look }) => look.name),
      ),
      ...(groups.some(({ members }) => members.length > 1)
        ? { title: remarkBelow(theme, `Line: mean; band: ${BAND_NAMES[band]}`) }
        : {}),
      series: groups.flatMap(({ look, xs, curve, members }) => [
        lineSeries(look, xs, drawable(curve.means, logY)),
        bandSeries({ ...look, xs, lows: drawable(curve.lows, logY), highs: drawable(curve.highs, logY) }),
        ...(showMembers ? members.map((member) => faintSeries(look, member.xs, drawable(member.ys, logY))) : []),
        ...members.flatMap((member) => notFiniteMarks(look, member.xs, member.ys)),
      ]),
    },
    readout: (x) => {
      const rows = groups.flatMap((group) => groupRows(group, x, { band, showMembers, unit: metric.unit }));
      const stops = groups.map(({ xs }) => xs[nearestIndex(xs, x)] ?? Infinity);
      const snapped = stops.reduce((best, stop) => (Math.abs(stop - x) < Math.abs(best - x) ? stop : best), Infinity);
      return rows.length === 0 ? null : { title: axis.say(snapped), x: snapped, rows: rows.sort(byHeight) };
    },
    table: () => ({
      caption: `${yName} by epoch: mean and ${BAND_NAMES[band]}`,
      heads: [
        'Group',
        'Series',
        'Depth',
        'Epoch',
        ...(axis === EPOCHS ? [] : [axis.name]),
        `Mean, ${yName}`,
        'Low',
        'High',
        'n',
      ],
      rows: groups.flatMap(({ group, name, xs, curve }) =>
        Array.from(curve.xs, (epoch, index) => [
          name,
          group.label,
          group.depth,
          epoch,
          ...(axis === EPOCHS ? [] : [xs[index]!]),
          curve.means[index]!,
          curve.counts[index]! < 2 ? null : curve.lows[index]!,
          curve.counts[index]! < 2 ? null : curve.highs[index]!,
          curve.counts[index]!,
        ]),
      ),
    }),
    plot: () => ({
      title: yName,
      curves: groups.map(({ group, look, xs, curve }) => ({
        name: look.name,
        series: look.series,
        colour: colourOf(group, options.groups, 'light'),
        xs,
        ys: curve.means,
      })),
    }),
  };
}

function differenceUnit({ unit }: EpochMetricFacts): string {
  return unit === '' ? '' : ' (points)';
}

function colourOf({ series, depth, colours }: CurveGroup, groups: readonly CurveGroup[], theme: ThemeMode): string {
  return colours?.[theme] ?? seriesColour({ series, depth, depths: groups.map((group) => group.depth), theme });
}

function shownGroup(group: CurveGroup, options: GroupedCurveOptions) {
  const { groups, metric, theme, band = 'minMax', axis = EPOCHS, baseline } = options;
  const taken = baseline && meansOf(baseline, metric);
  const members = group.members.map((member) => shownMember(member, metric, axis, taken));
  const name = group.name ?? `${group.label}-${group.depth}`;
  const curve = groupCurve(
    members.map(({ epochs, ys }) => ({ xs: epochs, ys })),
    band,
  );
  return {
    group,
    name,
    members,
    curve,
    xs: curve.xs.map((epoch) => mean(members.flatMap(({ epochs, xs }) => xs[epochs.indexOf(epoch)] ?? []))),
    look: {
      name: group.name !== undefined && members.length === 1 ? name : `${name} (n = ${members.length})`,
      series: group.series,
      colour: colourOf(group, groups, theme.mode),
    },
  };
}

function shownMember(
  { runId, seed, epochs }: GroupMember,
  metric: EpochMetric,
  axis: EpochAxis,
  taken: ReadonlyMap<number, number> | undefined,
) {
  const points = epochs.flatMap((row) => {
    const value = EPOCH_METRICS[metric].read(row);
    const less = taken === undefined ? 0 : taken.get(row.epoch);
    return value === null || less === undefined ? [] : [{ epoch: row.epoch, x: axis.at(row), y: value - less }];
  });
  return {
    runId,
    seed,
    epochs: points.map(({ epoch }) => epoch),
    xs: Float64Array.from(points, ({ x }) => x),
    ys: Float64Array.from(points, ({ y }) => y),
  };
}

/** By epoch, of what is finite. */
function meansOf(members: readonly GroupMember[], metric: EpochMetric): ReadonlyMap<number, number> {
  const curves = members.map((member) => shownMember(member, metric, EPOCHS, undefined));
  const { xs, means } = groupCurve(curves, 'minMax');
  return new Map(Array.from(xs, (epoch, index) => [epoch, means[index]!]));
}
