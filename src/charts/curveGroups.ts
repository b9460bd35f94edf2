import { seriesOf } from '../analysis/studySeries.ts';
import type { EpochRow, RunRow } from '../contract/run.ts';
import type { FurtherSeries, SeriesHead, SeriesId } from '../contract/series.ts';
import type { Chart } from './chart.ts';
import type { CurveGroup } from './groupedCurve.ts';

/** What places a run among the learning curves; it does not change while the run trains. */
export interface CurveMember {
  readonly runId: number;
  readonly series: SeriesId;
  readonly depth: number;
  readonly seed: number;
}

export function curveMember(run: RunRow, further: readonly FurtherSeries[]): CurveMember {
  return { runId: run.id, series: seriesOf(run, further), depth: run.network.depth, seed: run.recipe.seed };
}

/** Runs of a series that have an epoch behind them, grouped over their seeds, the shallowest group first. */
export function curveGroups(
  members: readonly CurveMember[],
  epochs: ReadonlyMap<number, readonly EpochRow[]>,
  { id, label }: SeriesHead,
): CurveGroup[] {
  const begun = members.filter((member) => member.series === id && (epochs.get(member.runId)?.length ?? 0) > 0);
  const groups = [...Map.groupBy(begun, ({ depth }) => depth)].map(([depth, same]) => ({
    series: id,
    label,
    depth,
    members: same.map(({ runId, seed }) => ({ runId, seed, epochs: epochs.get(runId)! })),
  }));
  return groups.sort((one, other) => one.depth - other.depth);
}

/**
 * Puts charts of one measurement on the same axes, so that they compare at a glance. The x axis spans all epochs to
 * come: it stands still while runs train.
 */
export function onSharedAxes(charts: readonly Chart[], lastEpoch: number): Chart[] {
  const spans = charts.map(({ home }) => home);
  const x = { min: 1, max: Math.max(2, lastEpoch, ...spans.map((span) => span.x.max)) };
  const y = { min: Math.min(...spans.map((span) => span.y.min)), max: Math.max(...spans.map((span) => span.y.max)) };
  return charts.map((chart) => ({
    ...chart,
    home: { x: { ...chart.home.x, ...x }, y: { ...chart.home.y, ...y } },
  }));
}
