import { formatCount } from '../../format.ts';
import type { RunRow } from '../../../../contract/run.ts';

export interface Outcome {
  readonly tone: 'danger' | 'warning' | 'muted';
  /** What happened, and where. */
  readonly title: string;
  /** What to do about it; empty where there is nothing to do. */
  readonly advice: string;
}

/** What a run's page says above everything else; null where its state speaks for itself. */
export function outcomeOf(run: RunRow, queue: readonly RunRow[]): Outcome | null {
  const where = run.totalSteps > 0 ? ` at step ${formatCount(run.lastStep)} of ${formatCount(run.totalSteps)}` : '';
  const because = run.reason === '' ? '' : `: ${run.reason}`;
  switch (run.state) {
    case 'queued': {
      const ahead = queue.findIndex(({ id }) => id === run.id);
      return {
        tone: 'muted',
        title: ahead <= 0 ? 'Next in the queue' : `Place ${formatCount(ahead + 1)} in the queue`,
        advice: 'It starts by itself when those before it have ended. Its curves appear with the first step.',
      };
    }
    case 'diverged':
      return {
        tone: 'danger',
        title: `Diverged${where}${because}`,
        advice:
          'Look for the first layer without a finite gradient in the map below. ' +
          'A smaller learning rate, a warm-up or clipping (5.0) can keep it finite: duplicate it with changes.',
      };
    case 'failed':
      return {
        tone: 'danger',
        title: `Failed${where}${because}`,
        advice: 'Every step up to there is kept. Go on from its newest checkpoint, or duplicate it with changes.',
      };
    case 'interrupted':
      return {
        tone: 'warning',
        title: `Interrupted${where}${because}`,
        advice: 'Every step up to there is kept. Go on trains the rest, from its newest checkpoint.',
      };
    case 'paused':
      return {
        tone: 'muted',
        title: `${run.isHeld ? 'Paused in memory' : 'Paused'}${where}`,
        advice: run.isHeld
          ? 'It goes on within a step. It keeps its memory and its place among those that train.'
          : 'Its checkpoint is on the disk and its memory is free. Go on puts it at the end of the queue.',
      };
    case 'stopping':
    case 'stopped':
      return {
        tone: 'muted',
        title: `${run.state === 'stopped' ? 'Stopped' : 'Stopping'}${where}${because}`,
        advice: run.state === 'stopping' ? 'It ends with its step and writes a checkpoint.' : '',
      };
    default:
      return null;
  }
}
