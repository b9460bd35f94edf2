import type { RunRow } from '../contract/run.ts';
import type { Store } from '../store/store.ts';
import { createEstimates, gigabytes, memoryRoom, type MemoryRoom } from './memoryRoom.ts';
import type { Supervisor } from './supervisor.ts';

export interface Queue {
  /** Starts queued runs while there is room; to be called whenever a run is queued. */
  wake(): void;
  /** Starts nothing more. */
  close(): void;
  running(): number;
  queued(): number;
}

/**
 * Trains queued runs in their order, as many side by side as the settings say. One that does not fit beside those that train waits
 * until they have ended, and those behind it wait with it; alone it starts with a warning, since an estimate may be wrong.
 */
export function createQueue(
  store: Store,
  supervisor: Pick<Supervisor, 'train'>,
  room: () => MemoryRoom = memoryRoom,
): Queue {
  /** The runs that train, and any that the store would not start. */
  const taken = new Set<number>();
  const estimate = createEstimates();
  let closed = false;

  const mayStart = (run: RunRow): boolean => {
    const needed = estimate(run);
    const { free } = room();
    if (needed <= free) return true;
    if (taken.size > 0) return false;
    const text = `It needs about ${gigabytes(needed)} of memory, and ${gigabytes(free)} are free`;
    store.events.record(run.id, 'warning', text);
    return true;
  };

  const wake = () => {
    while (!closed && taken.size < store.settings.get().runsAtOnce) {
      const next = store.runs.queued().find(({ id }) => !taken.has(id));
      if (!next || !mayStart(next)) return;
      taken.add(next.id);
      void supervisor.train(next).finally(() => {
        taken.delete(next.id);
        wake();
      });
    }
  };
  return {
    wake,
    close: () => (closed = true),
    running: () => taken.size,
    queued: () => store.runs.queued().length,
  };
}
