import { differenceOutcome } from '../../../../analysis/figures.ts';
import { formatMetricWithSpread } from '../../../../analysis/format.ts';
import { countText } from '../../../../analysis/tables/figures.ts';
import { pairedRows } from '../../../../analysis/tables/pairedRows.ts';
import type { NetworkVersion } from '../../../../contract/network.ts';
import type { StudyTable } from '../../../../contract/study.ts';

export interface Headline {
  readonly depth: number;
  readonly cells: readonly {
    readonly version: NetworkVersion;
    /** `97.78 ± 0.48`; a dash before there is a result. */
    readonly figure: string;
    /** `(3)`, or `(2, 1 failed)`. */
    readonly count: string;
  }[];
  /** What V2 - V1 shows at this depth; null where the study has one version. */
  readonly outcome: ReturnType<typeof differenceOutcome> | null;
  readonly verdict: string;
}

/** A study in one line: what its deepest networks reached. Null for a study whose runs were all deleted. */
export function headline(table: StudyTable): Headline | null {
  const deepest = pairedRows(table).rows.at(-1);
  if (!deepest) return null;
  const { depth, difference } = deepest;
  const cells = deepest.cells.flatMap((cell) => {
    if (cell === null) return [];
    const { version, mean, std, n, failed } = cell;
    const figure = mean === null ? '–' : formatMetricWithSpread(table.metric, mean, std);
    return [{ version, figure, count: countText(n, failed.length) }];
  });
  const outcome = difference === null ? null : differenceOutcome(table.metric, difference);
  return { depth, cells, outcome, verdict: difference?.verdict ?? '' };
}
