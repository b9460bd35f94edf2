import { outcomeWord } from '../../../../analysis/figures.ts';
import { formatMetricWithSpread } from '../../../../analysis/format.ts';
import { labelOf } from '../../../../analysis/studySeries.ts';
import { countText } from '../../../../analysis/tables/figures.ts';
import { pairedRows } from '../../../../analysis/tables/pairedRows.ts';
import type { SeriesId } from '../../../../contract/series.ts';
import type { StudyTable } from '../../../../contract/study.ts';

export interface Headline {
  readonly depth: number;
  readonly cells: readonly {
    readonly series: SeriesId;
    readonly label: string;
    /** `97.78 ± 0.48`; a dash before there is a result. */
    readonly figure: string;
    /** `(3)`, or `(2, 1 failed)`. */
    readonly count: string;
  }[];
  /** What V2 - V1 shows at this depth, `V2 better`; null where the study has one series. */
  readonly outcome: string | null;
  readonly verdict: string;
}

/** A study in one line: what its deepest networks reached. Null for a study whose runs were all deleted. */
export function headline(table: StudyTable): Headline | null {
  const deepest = pairedRows(table).rows.at(-1);
  if (!deepest) return null;
  const { depth } = deepest;
  const difference = deepest.differences[0] ?? null;
  const cells = deepest.cells.flatMap((cell) => {
    if (cell === null) return [];
    const { series, mean, std, n, failed } = cell;
    const figure = mean === null ? '–' : formatMetricWithSpread(table.metric, mean, std);
    return [{ series, label: labelOf(table.series, series), figure, count: countText(n, failed.length) }];
  });
  const outcome = difference === null ? null : outcomeWord(table, difference);
  return { depth, cells, outcome, verdict: difference?.verdict ?? '' };
}
