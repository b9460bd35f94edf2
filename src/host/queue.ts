import type { RunRow } from '../contract/run.ts';
import type { Store } from '../store/store.ts';
import { estimateRun, gigabytes, memoryRoom, type MemoryRoom } from './memoryRoom.ts';
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
  let running = 0;
  let closed = false;

  const mayStart = (run: RunRow): boolean => {
    const needed = estimateRun(run);
    const { free } = room();
    if (needed <= free) return true;
    if (running > 0) return false;
    const text = `It needs about ${gigabytes(needed)} of memory, and ${gigabytes(free)} are free`;
    store.events.record(run.id, 'warning', text);
    return true;
  };

  const wake = () => {
    while (!closed && running < store.settings.get().runsAtOnce) {
      const next = store.runs.queued()[0];
      if (!next || !mayStart(next)) return;
      running += 1;
      void supervisor.train(next).finally(() => {
        running -= 1;
        wake();
      });
    }
  };
  return {
    wake,
    close: () => (closed = true),
    running: () => running,
    queued: () => store.runs.queued().length,
  };
}
