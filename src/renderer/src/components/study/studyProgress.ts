import type { RunRow } from '../../../../contract/run.ts';
import { isActive, isEnded } from '../../../../contract/runState.ts';
import { formatDuration } from '../../format.ts';
import { remainingMs } from '../../../../analysis/progress.ts';

export interface StudyProgress {
  readonly isOver: boolean;
  /** Share of all steps that are made or will not be made any more, 0 to 1. */
  readonly share: number;
  /** `12 of 18 runs finished`. */
  readonly done: string;
  /** `1 failed`, `2 stopped`: how the others ended; empty where all finished. */
  readonly losses: readonly { readonly text: string; readonly isFailure: boolean }[];
  /** `about 2 min left`; empty where it cannot be told yet, and at the end. */
  readonly left: string;
}

const OTHER_ENDS = ['failed', 'diverged', 'interrupted', 'stopped'] as const;

export function studyProgress(runs: readonly RunRow[]): StudyProgress {
  const count = (state: RunRow['state']) => runs.filter((run) => run.state === state).length;
  const isOver = runs.every(({ state }) => isEnded(state));
  const steps = runs.reduce((sum, { totalSteps }) => sum + totalSteps, 0);
  const made = runs.reduce((sum, run) => sum + (isEnded(run.state) ? run.totalSteps : run.lastStep), 0);
  const left = isOver ? null : studyTimeLeft(runs);
  return {
    isOver,
    share: steps === 0 ? 0 : made / steps,
    done: `${count('finished')} of ${runs.length} ${runs.length === 1 ? 'run' : 'runs'} finished`,
    losses: OTHER_ENDS.filter((state) => count(state) > 0).map((state) => ({
      text: `${count(state)} ${state}`,
      isFailure: state !== 'stopped',
    })),
    left: left === null || left === 0 ? '' : `about ${formatDuration(roundedTime(left))} left`,
  };
}

/**
 * Runs train one after the other. What one still takes follows from its own speed, else from runs of the same network
 * in the study, else from the time that a step and layer took in the others. One that was asked to stop takes none. Null
 * before any run has a speed.
 */
export function studyTimeLeft(runs: readonly RunRow[]): number | null {
  const timed = runs.filter(({ lastStep, elapsedMs }) => lastStep > 0 && elapsedMs > 0);
  if (timed.length === 0) return null;
  const perLayer = mean(timed.map((run) => run.elapsedMs / run.lastStep / run.network.depth));
  const bySize = Map.groupBy(timed, networkKey);
  return runs
    .filter(({ state }) => !isEnded(state) && state !== 'stopping')
    .reduce((sum, run) => {
      const own = isActive(run.state) ? remainingMs(run) : null;
      if (own !== null) return sum + own;
      const same = bySize.get(networkKey(run));
      const perStep = same ? mean(same.map((other) => other.elapsedMs / other.lastStep)) : perLayer * run.network.depth;
      return sum + run.totalSteps * perStep;
    }, 0);
}

function networkKey({ network }: RunRow): string {
  return `${network.version} ${network.depth}`;
}

/** To ten seconds, to half a minute from two minutes on, to minutes from ten: an estimate does not twitch. */
function roundedTime(ms: number): number {
  const seconds = ms / 1000;
  const unit = seconds < 120 ? 10 : seconds < 600 ? 30 : 60;
  return 1000 * unit * Math.max(1, Math.round(seconds / unit));
}

function mean(values: readonly number[]): number {
  return values.reduce((sum, value) => sum + value, 0) / values.length;
}
