import type { SeriesId } from '../../../contract/series.ts';
import type { EpochRow } from '../../../contract/run.ts';
import { axesOf, axisEnds, chartBase, legend, remarkBelow, tightEnds } from './axes.ts';
import { byHeight, type Chart, type ChartView } from './chart.ts';
import { faintSeries, lineSeries, notFiniteMarks } from './curveSeries.ts';
import { drawable } from './drawable.ts';
import { EPOCH_METRICS, type EpochMetric } from './epochMetric.ts';
import { BAND_NAMES, groupCurve, type BandKind } from './groupCurve.ts';
import { band as bandSeries } from './band.ts';
import { groupRows } from './groupRows.ts';
import { nearestIndex } from './nearest.ts';
import { seriesColour } from './palette.ts';
import type { ChartTheme } from './theme.ts';
import { rangeOf } from './ticks.ts';

/** Runs that differ in their seed only. */
export interface CurveGroup {
  readonly version: SeriesId;
  readonly label: string;
  readonly depth: number;
  readonly members: readonly GroupMember[];
}

export interface GroupMember {
  readonly runId: number;
  readonly seed: number;
  /** Ascending. */
  readonly epochs: readonly EpochRow[];
}

/** Few epochs are ticks themselves: there is none between two of them. */
const MOST_TICKS = 8;

export interface GroupedCurveOptions {
  readonly groups: readonly CurveGroup[];
  readonly metric: EpochMetric;
  readonly theme: ChartTheme;
  /** The lowest and highest seed by default: with three seeds an interval says more about n than about the runs. */
  readonly band?: BandKind;
  /** Draws each seed faint behind its group. */
  readonly showMembers?: boolean;
  readonly logX?: boolean;
  readonly logY?: boolean;
}

/** Groups of runs over epochs: the mean of each as a line in a band. NaN is left out of both and marked at the foot. */
export function groupedCurve(options: GroupedCurveOptions): Chart {
  const { theme, logX = false, logY = false, showMembers = false, band = 'minMax' } = options;
  const metric = EPOCH_METRICS[options.metric];
  const groups = options.groups.map((group) => shownGroup(group, options));
  const [xMin, xMax] = tightEnds(
    rangeOf(
      groups.map(({ curve }) => curve.xs),
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
    x: { name: 'Epoch', log: logX, min: xMin, max: xMax },
    y: { name: metric.label, log: logY, min: yMin, max: yMax },
  };
  const epochs = [...new Set(groups.flatMap(({ curve }) => [...curve.xs]))];
  const axes = axesOf(theme, epochs.length <= MOST_TICKS ? epochs : undefined);
  return {
    home,
    axes,
    option: {
      ...chartBase(theme),
      ...axes(home),
      legend: legend(
        theme,
        groups.map(({ look }) => look.name),
      ),
      title: remarkBelow(theme, `Line: mean; band: ${BAND_NAMES[band]}`),
      series: groups.flatMap(({ look, curve, members }) => [
        lineSeries(look, curve.xs, drawable(curve.means, logY)),
        bandSeries({ ...look, xs: curve.xs, lows: drawable(curve.lows, logY), highs: drawable(curve.highs, logY) }),
        ...(showMembers ? members.map(({ xs, ys }) => faintSeries(look, xs, drawable(ys, logY))) : []),
        ...members.flatMap(({ xs, ys }) => notFiniteMarks(look, xs, ys)),
      ]),
    },
    readout: (x) => {
      const rows = groups.flatMap((group) => groupRows(group, x, { band, showMembers, unit: metric.unit }));
      const stops = groups.map(({ curve }) => curve.xs[nearestIndex(curve.xs, x)] ?? Infinity);
      const epoch = stops.reduce((best, stop) => (Math.abs(stop - x) < Math.abs(best - x) ? stop : best), Infinity);
      return rows.length === 0 ? null : { title: `Epoch ${epoch}`, x: epoch, rows: rows.sort(byHeight) };
    },
    table: () => ({
      caption: `${metric.label} by epoch: mean and ${BAND_NAMES[band]}`,
      heads: ['Series', 'Depth', 'Epoch', `Mean, ${metric.label}`, 'Low', 'High', 'n'],
      rows: groups.flatMap(({ group, curve }) =>
        Array.from(curve.xs, (epoch, index) => [
          group.label,
          group.depth,
          epoch,
          curve.means[index]!,
          curve.counts[index]! < 2 ? null : curve.lows[index]!,
          curve.counts[index]! < 2 ? null : curve.highs[index]!,
          curve.counts[index]!,
        ]),
      ),
    }),
    plot: () => ({
      title: metric.label,
      curves: groups.map(({ group, look, curve }) => ({
        name: look.name,
        version: look.version,
        colour: seriesColour({ ...group, depths: options.groups.map(({ depth }) => depth), theme: 'light' }),
        xs: curve.xs,
        ys: curve.means,
      })),
    }),
  };
}

function shownGroup(group: CurveGroup, { groups, metric, theme, band = 'minMax' }: GroupedCurveOptions) {
  const { version, label, depth } = group;
  const depths = groups.map((one) => one.depth);
  const members = group.members.map(({ runId, seed, epochs }) => {
    const points = epochs.flatMap((row) => {
      const y = EPOCH_METRICS[metric].read(row);
      return y === null ? [] : [{ x: row.epoch, y }];
    });
    return {
      runId,
      seed,
      xs: Float64Array.from(points, ({ x }) => x),
      ys: Float64Array.from(points, ({ y }) => y),
    };
  });
  return {
    group,
    members,
    curve: groupCurve(members, band),
    look: {
      name: `${label}-${depth} (n = ${members.length})`,
      version,
      colour: seriesColour({ version, depth, depths, theme: theme.mode }),
    },
  };
}
