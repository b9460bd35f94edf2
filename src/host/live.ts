import { setMaxListeners } from 'node:events';

/** What can change under a watching client. `steps`, `epochs` and `runs` carry a run's id, `studies` a study's. */
export type Topic = 'runs' | 'steps' | 'epochs' | 'studies' | 'bin' | 'data' | 'settings' | 'status';

/** Least time between two values of a stream: ten a second. */
const INTERVAL_MS = 100;
/** A stream whose values are dear to make or to draw rests this many times as long as the last one took. */
const REST_FACTOR = 3;

export interface Live {
  /** Says that something is in the store; whoever watches reads it from there. */
  announce(topic: Topic, id: number): void;
  /**
   * The ids that changed since the last look, as sets, never empty. Changes from the moment of this call on count, so a
   * caller subscribes first and then reads the whole. Ends with the signal.
   */
  changes(topic: Topic, signal: AbortSignal): AsyncIterable<ReadonlySet<number>>;
  /** Ends all changes, each after what it has not told yet; resolves when that has been used, or after the time given. */
  close(withinMs: number): Promise<void>;
}

export function createLive(): Live {
  const listeners = new Map<Topic, Set<(id: number) => void>>();
  const listenersOf = (topic: Topic) => {
    const known = listeners.get(topic) ?? new Set();
    listeners.set(topic, known);
    return known;
  };
  const closing = new AbortController();
  // Every open stream listens to it.
  setMaxListeners(0, closing.signal);
  const open = new Set<Promise<void>>();
  return {
    announce: (topic, id) => listenersOf(topic).forEach((listener) => listener(id)),
    changes(topic, signal) {
      let pending = new Set<number>();
      let wake: () => void = () => undefined;
      const listener = (id: number) => {
        pending.add(id);
        wake();
      };
      const end = Promise.withResolvers<undefined>();
      const ended = end.promise.then(() => {
        listenersOf(topic).delete(listener);
        open.delete(ended);
      });
      listenersOf(topic).add(listener);
      open.add(ended);
      signal.addEventListener('abort', () => {
        end.resolve(undefined);
        wake();
      });
      closing.signal.addEventListener('abort', () => wake(), { signal });
      const changed = async () => {
        if (pending.size === 0 && !signal.aborted && !closing.signal.aborted)
          await new Promise<void>((resolve) => (wake = resolve));
      };
      const take = () => {
        const taken = pending;
        pending = new Set();
        return taken;
      };
      return paced({ changed, take, end: () => end.resolve(undefined) }, signal, closing.signal);
    },
    close: async (withinMs) => {
      closing.abort();
      await Promise.race([Promise.all(open), sleep(withinMs)]);
    },
  };
}

/** Says that a run's state changed: its study's counts and the status bar change with it. */
export function announceRun(live: Live, run: { readonly id: number; readonly studyId: number | null }): void {
  live.announce('runs', run.id);
  if (run.studyId !== null) live.announce('studies', run.studyId);
  live.announce('status', 0);
}

interface Changes {
  changed(): Promise<void>;
  /** Empty only where the changes are being closed and all is told. */
  take(): ReadonlySet<number>;
  end(): void;
}

async function* paced(
  { changed, take, end }: Changes,
  signal: AbortSignal,
  closing: AbortSignal,
): AsyncGenerator<ReadonlySet<number>> {
  let restUntil = performance.now() + INTERVAL_MS;
  const isOver = () => signal.aborted;
  try {
    while (!isOver()) {
      await changed();
      await sleep(restUntil - performance.now(), closing);
      const ids = take();
      if (isOver() || ids.size === 0) return;
      const startedAt = performance.now();
      yield ids;
      const tookMs = performance.now() - startedAt;
      restUntil = startedAt + Math.max(INTERVAL_MS, REST_FACTOR * tookMs);
    }
  } finally {
    end();
  }
}

/** Shorter where the signal says so. */
function sleep(milliseconds: number, until?: AbortSignal): Promise<void> {
  return new Promise((resolve) => {
    if (until?.aborted) return resolve();
    const wake = () => {
      clearTimeout(timer);
      until?.removeEventListener('abort', wake);
      resolve();
    };
    const timer = setTimeout(wake, Math.max(0, milliseconds));
    until?.addEventListener('abort', wake);
  });
}
