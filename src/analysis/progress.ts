import type { RunRow } from '../contract/run.ts';

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
