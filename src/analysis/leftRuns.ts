import { CLOSING_REASONS, CLOSING_SIGNALS, signalReason } from '../contract/closing.ts';
import type { RunRow } from '../contract/run.ts';
import { canResume } from '../contract/runState.ts';

const REASONS: readonly string[] = [...Object.values(CLOSING_REASONS), ...CLOSING_SIGNALS.map(signalReason)];

/**
 * The runs that ended with the application since a time (milliseconds since 1970), in the order in which to go on with them:
 * those that had made steps first, then as they were created.
 */
export function leftRuns(runs: readonly RunRow[], since: number): RunRow[] {
  return runs
    .filter((run) => isLeft(run) && (run.endedAt ?? 0) > since)
    .toSorted((one, other) => Number(one.lastStep === 0) - Number(other.lastStep === 0) || one.id - other.id);
}

/**
 * Runs of a study that were stopped or interrupted before their last step, or that rest. One that failed is resumed by itself,
 * once its reason is known.
 */
export function unfinishedRuns(runs: readonly RunRow[]): RunRow[] {
  return runs.filter((run) => canResume(run) && run.state !== 'failed');
}

function isLeft({ state, reason }: RunRow): boolean {
  return state === 'interrupted' || (state === 'stopped' && REASONS.includes(reason));
}
