import type { ComparisonColumn } from '../analysis/comparison/columns.ts';
import type { EpochRow } from '../contract/run.ts';
import { EPOCH_METRICS, type EpochMetric } from './epochMetric.ts';
import type { CurveGroup, EpochAxis } from './groupedCurve.ts';
import { X_MODES, type XMode } from './xMode.ts';
import type { ColumnLook } from './columnLooks.ts';

/** The columns that have an epoch with this result, as groups of curves. */
export function columnGroups(
  columns: readonly ComparisonColumn[],
  looks: readonly ColumnLook[],
  epochs: ReadonlyMap<number, readonly EpochRow[]>,
  metric: EpochMetric,
): (CurveGroup & { readonly key: string })[] {
  return columns.flatMap(({ key, runs }, index) => {
    const members = runs.flatMap(({ id, recipe }) => {
      const rows = epochs.get(id) ?? [];
      const hasResult = rows.some((row) => EPOCH_METRICS[metric].read(row) !== null);
      return hasResult ? [{ runId: id, seed: recipe.seed, epochs: rows }] : [];
    });
    const look = looks[index]!;
    return members.length === 0
      ? []
      : [{ key, ...look, series: look.version, label: look.version.toUpperCase(), members }];
  });
}

/** Where epochs stand in this mode; null for the epochs themselves. Time is each run's own, as it was measured. */
export function epochAxis(mode: XMode, columns: readonly ComparisonColumn[]): EpochAxis | null {
  if (mode === 'epoch') return null;
  const batchSizes = new Map(columns.flatMap(({ runs }) => runs.map(({ id, recipe }) => [id, recipe.batchSize])));
  const places: Readonly<Record<Exclude<XMode, 'epoch'>, EpochAxis['at']>> = {
    step: ({ step }) => step,
    images: ({ step, runId }) => step * (batchSizes.get(runId) ?? NaN),
    time: ({ elapsedMs }) => elapsedMs / 1000,
  };
  return { name: X_MODES[mode].label, at: places[mode], say: X_MODES[mode].say };
}
