import type { RunRow } from '../contract/run.ts';
import { isEnded } from '../contract/runState.ts';
import type { FurtherSeries, SeriesHead, SeriesId } from '../contract/series.ts';
import type { PairedDifference, StudyCell, StudyTable, TableMetric } from '../contract/study.ts';
import { METRICS } from './metrics.ts';
import { pairedDifferences } from './pairedDifferences.ts';
import { summarise } from './seeds.ts';
import { seriesHeads, seriesOf } from './studySeries.ts';
import { verdict, type Circumstances } from './verdict.ts';

/**
 * The paired table of a study: a cell per series and depth (series in order, then depths ascending), and at each depth
 * V2 - V1 and each further series less the one of its version, where both are there. Only finished runs with a finite
 * value count; the others that ended are named in `failed` and `stopped`.
 */
export function studyTable(study: {
  readonly studyId: number;
  readonly name: string;
  readonly metric: TableMetric;
  readonly runs: readonly RunRow[];
  /** What the study has besides V1 and V2. */
  readonly further?: readonly FurtherSeries[];
  /** How many images one value is measured on (`measuredImages`), where that is known. */
  readonly images?: number | null;
}): StudyTable {
  const { studyId, name, metric, runs, further = [], images = null } = study;
  const bySeries = Map.groupBy(runs, (run) => seriesOf(run, further));
  const series = seriesHeads(new Set(bySeries.keys()), further);
  const cells = series.flatMap(({ id }) =>
    [...Map.groupBy(bySeries.get(id)!, ({ network }) => network.depth)]
      .sort(([one], [other]) => one - other)
      .map(([, members]) => cellOf(metric, id, members)),
  );
  const differences = comparisons(series, cells).flatMap(({ one, other }) =>
    cells
      .filter((cell) => cell.series === one.id)
      .flatMap((cell) => {
        const base = cells.find((candidate) => candidate.series === other.id && candidate.depth === cell.depth);
        if (base === undefined) return [];
        const pair = new Set([...cell.runIds, ...base.runIds]);
        const isOver = runs.every(({ id, state }) => !pair.has(id) || isEnded(state));
        const known = { isOver, images };
        return [differenceOf(metric, { cell: base, label: other.label }, { cell, label: one.label }, known)];
      }),
  );
  return { studyId, name, metric, images, series, cells, differences };
}

/** V2 against V1, and each further series against the one of its version. */
function comparisons(series: readonly SeriesHead[], cells: readonly StudyCell[]) {
  return series.flatMap((one) => {
    const version = cells.find((cell) => cell.series === one.id)!.version;
    const base: SeriesId = one.id === 'v2' ? 'v1' : version;
    const other = one.id === base ? undefined : series.find(({ id }) => id === base);
    return other === undefined ? [] : [{ one, other }];
  });
}

function cellOf(metric: TableMetric, series: SeriesId, runs: readonly RunRow[]): StudyCell {
  const { version, depth } = runs[0]!.network;
  const values: StudyCell['values'] = [];
  const failed: StudyCell['failed'] = [];
  const stopped: StudyCell['stopped'] = [];
  for (const run of runs) {
    const { id: runId, recipe, state, reason } = run;
    const { seed } = recipe;
    const value = METRICS[metric].read(run);
    if (state === 'finished' && value !== null && Number.isFinite(value)) values.push({ runId, seed, value });
    else if (state === 'finished' && value === null)
      // What the recipe leaves out, such as results on held-out images, is no failure.
      continue;
    else if (state === 'finished')
      failed.push({ runId, seed, reason: `finished with ${METRICS[metric].label} ${value}` });
    else if (isEnded(state))
      (state === 'stopped' ? stopped : failed).push({
        runId,
        seed,
        reason: reason === '' ? state : `${state}: ${reason}`,
      });
  }
  const { n, mean, std, interval } = summarise(values.map(({ value }) => value));
  return { series, version, depth, n, mean, std, interval, values, failed, stopped, runIds: runs.map(({ id }) => id) };
}

interface LabelledCell {
  readonly cell: StudyCell;
  readonly label: string;
}

function differenceOf(
  metric: TableMetric,
  base: LabelledCell,
  one: LabelledCell,
  known: Pick<Circumstances, 'isOver' | 'images'>,
): PairedDifference {
  const summary = summarise(pairedDifferences(base.cell, one.cell));
  const labels = [base.label, one.label] as const;
  const missing = [withoutResult(base.cell), withoutResult(one.cell)] as const;
  return {
    series: one.cell.series,
    against: base.cell.series,
    depth: base.cell.depth,
    ...summary,
    verdict: verdict(metric, summary, labels, { ...known, missing }),
  };
}

function withoutResult({ failed, stopped }: StudyCell): number {
  return failed.length + stopped.length;
}
