import { areEqual, EQUAL_NOTE } from '../tables/figures.ts';
import type { Comparison } from './comparison.ts';
import type { LeftOut } from './results.ts';

/** Runs of a group that are counted and not averaged: of any result of a whole run, each once. */
export function leftOutOf({ results }: Pick<Comparison, 'results'>, column: number): LeftOut[] {
  const ofWholeRuns = results.filter(({ isOfOneEpoch }) => !isOfOneEpoch);
  const byRun = new Map(ofWholeRuns.flatMap(({ cells }) => cells[column]!.leftOut.map((one) => [one.runId, one])));
  return [...byRun.values()];
}

/** `run 6 (diverged: Loss is NaN), run 7 (stopped)` */
export function leftOutText(leftOut: readonly LeftOut[]): string {
  return leftOut.map(({ runId, reason }) => `run ${runId} (${reason})`).join(', ');
}

/** What the figures of a group are. */
const GROUP_NOTE =
  'Of a group: mean ± sample standard deviation (number of runs). Failed and unfinished runs are counted, not averaged.';

/** What the figures are, and which runs they are not of: sentences below the comparison. */
export function comparisonNotes(comparison: Comparison): string[] {
  const hasGroups = comparison.columns.some(({ isGroup }) => isGroup);
  const hasEqual = comparison.results.some(({ cells }) => cells.some(areEqual));
  return [...(hasGroups ? [GROUP_NOTE] : []), ...(hasEqual ? [EQUAL_NOTE] : []), ...tableNotes(comparison)];
}

/** The same without what every table says of its summaries. */
export function tableNotes(comparison: Comparison): string[] {
  const { columns, baselineKey } = comparison;
  const baseline = columns.find(({ key }) => key === baselineKey);
  const missing = columns.flatMap(({ title }, index) => {
    const leftOut = leftOutOf(comparison, index);
    return leftOut.length === 0 ? [] : [`${title}: left out ${leftOutText(leftOut)}.`];
  });
  return [
    ...(baseline === undefined
      ? []
      : [
          `Differences are to ${baseline.title}; ± is half of Welch’s 95 % interval, where both have two runs or more. From one run nothing can be said about chance.`,
        ]),
    ...missing,
  ];
}
