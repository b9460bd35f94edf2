import type { RunRow } from '../../contract/run.ts';

/** Milliseconds that an active run has left at its speed so far; null before there is a speed. */
export function remainingMs({ lastStep, totalSteps, elapsedMs }: RunRow): number | null {
  if (lastStep === 0 || elapsedMs <= 0) return null;
  return ((totalSteps - lastStep) * elapsedMs) / lastStep;
}
