import type { RunRow } from '../contract/run.ts';
import { hasTrainer } from '../contract/runState.ts';

type Progress = Pick<RunRow, 'lastStep' | 'totalSteps' | 'elapsedMs'>;

/** How much of a run is done, 0 to 1. */
export function doneShare({ lastStep, totalSteps }: Pick<Progress, 'lastStep' | 'totalSteps'>): number {
  return totalSteps > 0 ? Math.min(1, lastStep / totalSteps) : 0;
}

/** Milliseconds that a run has left at its speed so far; null before there is a speed. */
export function remainingMs({ lastStep, totalSteps, elapsedMs }: Progress): number | null {
  if (lastStep === 0 || elapsedMs <= 0) return null;
  return ((totalSteps - lastStep) * elapsedMs) / lastStep;
}

/** Images per second so far, the time of evaluation included; null before the first step. */
export function meanImagesPerSecond({ lastStep, elapsedMs, recipe }: RunRow): number | null {
  return lastStep > 0 && elapsedMs > 0 ? (1000 * lastStep * recipe.batchSize) / elapsedMs : null;
}

/** How far everything is that trains now: for the window's title, its status bar and the taskbar. */
export interface OverallProgress {
  /** The runs that train; where none does, those that rest in memory. Never 0. */
  readonly count: number;
  /** The one that was started first. */
  readonly first: { readonly id: number; readonly name: string };
  /** Mean of their shares, 0 to 1. */
  readonly share: number;
  /** All of them rest in memory. */
  readonly isResting: boolean;
}

/** Null where no run has a trainer process. */
export function overallProgress(runs: Iterable<RunRow>): OverallProgress | null {
  const atWork = [...runs].filter(hasTrainer);
  const training = atWork.filter(({ isHeld }) => !isHeld);
  const shown = training.length > 0 ? training : atWork;
  const [first] = shown.toSorted((one, other) => (one.startedAt ?? 0) - (other.startedAt ?? 0) || one.id - other.id);
  if (first === undefined) return null;
  return {
    count: shown.length,
    first: { id: first.id, name: first.name },
    share: shown.reduce((sum, run) => sum + doneShare(run), 0) / shown.length,
    isResting: training.length === 0,
  };
}

/** `43 % · resnet_v2_110 seed 1`, `43 % · 2 runs`, `Paused at 43 % · resnet_v2_110 seed 1`. */
export function progressTitle({ count, first, share, isResting }: OverallProgress): string {
  const percent = `${Math.floor(100 * share)} %`;
  return `${isResting ? `Paused at ${percent}` : percent} · ${count === 1 ? first.name : `${count} runs`}`;
}
