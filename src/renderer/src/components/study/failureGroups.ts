import type { SeriesId } from '../../../../contract/series.ts';
import type { StudyCell } from '../../../../contract/study.ts';

export interface FailureGroup {
  readonly series: SeriesId;
  readonly depth: number;
  readonly reason: string;
  readonly runs: readonly { readonly runId: number; readonly seed: number }[];
}

/** Runs without a result; those of one network that ended for one reason are told together. */
export function failureGroups(cells: readonly StudyCell[]): FailureGroup[] {
  return cells.flatMap(({ series, depth, failed, stopped }) =>
    [...Map.groupBy([...failed, ...stopped], ({ reason }) => reason)].map(([reason, runs]) => ({
      series,
      depth,
      reason,
      runs,
    })),
  );
}
