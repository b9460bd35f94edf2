import type { NetworkVersion } from '../../../../contract/network.ts';
import type { StudyCell } from '../../../../contract/study.ts';

export interface FailureGroup {
  readonly version: NetworkVersion;
  readonly depth: number;
  readonly reason: string;
  readonly runs: readonly { readonly runId: number; readonly seed: number }[];
}

/** Runs without a result; those of one network that ended for one reason are told together. */
export function failureGroups(cells: readonly StudyCell[]): FailureGroup[] {
  return cells.flatMap(({ version, depth, failed, stopped }) =>
    [...Map.groupBy([...failed, ...stopped], ({ reason }) => reason)].map(([reason, runs]) => ({
      version,
      depth,
      reason,
      runs,
    })),
  );
}
