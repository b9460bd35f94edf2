import type { RunRow } from '../contract/run.ts';

/** The runs that wait, the next one first. */
export function queueOrder(runs: readonly RunRow[]): RunRow[] {
  return runs
    .filter(({ state }) => state === 'queued')
    .sort((one, other) => (one.queuePosition ?? 0) - (other.queuePosition ?? 0) || one.id - other.id);
}
