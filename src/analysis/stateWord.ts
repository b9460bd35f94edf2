import type { RunRow } from '../contract/run.ts';

/** A run's state as it is read: one that is paused in memory keeps its memory, one on the disk does not. */
export function stateWord({ state, isHeld }: Pick<RunRow, 'state' | 'isHeld'>): string {
  return isHeld ? 'paused in memory' : state;
}
