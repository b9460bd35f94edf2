import type { Store } from '../store/store.ts';
import type { Supervisor } from './supervisor.ts';

export interface Queue {
  /** Starts queued runs while there is room; to be called whenever a run is queued. */
  wake(): void;
  /** Starts nothing more. */
  close(): void;
  running(): number;
  queued(): number;
}

/** Trains queued runs in their order, as many side by side as the settings say. */
export function createQueue(store: Store, supervisor: Supervisor): Queue {
  let running = 0;
  let closed = false;
  const wake = () => {
    while (!closed && running < store.settings.get().runsAtOnce) {
      const next = store.runs.queued()[0];
      if (!next) return;
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
