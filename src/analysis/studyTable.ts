import type { RunRow } from '../contract/run.ts';
import { isEnded } from '../contract/runState.ts';
import type { NetworkVersion } from '../contract/network.ts';
import type { PairedDifference, StudyCell, StudyTable, TableMetric } from '../contract/study.ts';
import { METRICS } from './metrics.ts';
import { pairedDifferences } from './pairedDifferences.ts';
import { summarise } from './seeds.ts';
import { verdict, type Circumstances } from './verdict.ts';

/**
 * The paired table of a study: a cell per version and depth (versions in order, then depths ascending), and V2 - V1 at
 * each depth that has both. Only finished runs with a finite value count; the others that ended are named
 * in `failed` and `stopped`.
 */
export function studyTable(study: {
  readonly studyId: number;
  readonly name: string;
  readonly metric: TableMetric;
  readonly runs: readonly RunRow[];
  /** How many images one value is measured on (`measuredImages`), where that is known. */
  readonly images?: number | null;
}): StudyTable {
  const { studyId, name, metric, runs, images = null } = study;
  const versions = [...new Set(runs.map(({ network }) => network.version))].sort();
  const depths = [...new Set(runs.map(({ network }) => network.depth))].sort((one, other) => one - other);
  const cells = versions.flatMap((version) =>
    depths
      .map((depth) => runs.filter(({ network }) => network.version === version && network.depth === depth))
      .filter((members) => members.length > 0)
      .map((members) => cellOf(metric, members)),
  );
  const differences = depths.flatMap((depth) => {
    const find = (version: NetworkVersion) => cells.find((cell) => cell.version === version && cell.depth === depth);
    const [v1, v2] = [find('v1'), find('v2')];
    if (v1 === undefined || v2 === undefined) return [];
    const isOver = runs.every(({ network, state }) => network.depth !== depth || isEnded(state));
    return [differenceOf(metric, v1, v2, { isOver, images })];
  });
  return { studyId, name, metric, images, cells, differences };
}

function cellOf(metric: TableMetric, runs: readonly RunRow[]): StudyCell {
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
  return { version, depth, n, mean, std, interval, values, failed, stopped, runIds: runs.map(({ id }) => id) };
}

function differenceOf(
  metric: TableMetric,
  v1: StudyCell,
  v2: StudyCell,
  known: Pick<Circumstances, 'isOver' | 'images'>,
): PairedDifference {
  const summary = summarise(pairedDifferences(v1, v2));
  const missing = { v1: withoutResult(v1), v2: withoutResult(v2) };
  return { depth: v1.depth, ...summary, verdict: verdict(metric, summary, { ...known, missing }) };
}

function withoutResult({ failed, stopped }: StudyCell): number {
  return failed.length + stopped.length;
}
