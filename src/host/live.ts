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
}

export function createLive(): Live {
  const listeners = new Map<Topic, Set<(id: number) => void>>();
  const listenersOf = (topic: Topic) => {
    const known = listeners.get(topic) ?? new Set();
    listeners.set(topic, known);
    return known;
  };
  return {
    announce: (topic, id) => listenersOf(topic).forEach((listener) => listener(id)),
    changes(topic, signal) {
      let pending = new Set<number>();
      let wake: () => void = () => undefined;
      const listener = (id: number) => {
        pending.add(id);
        wake();
      };
      listenersOf(topic).add(listener);
      signal.addEventListener('abort', () => {
        listenersOf(topic).delete(listener);
        wake();
      });
      const changed = async () => {
        if (pending.size === 0 && !signal.aborted) await new Promise<void>((resolve) => (wake = resolve));
      };
      const take = () => {
        const taken = pending;
        pending = new Set();
        return taken;
      };
      return paced(changed, take, signal);
    },
  };
}

/** Says that a run's state changed: its study's counts and the status bar change with it. */
export function announceRun(live: Live, run: { readonly id: number; readonly studyId: number | null }): void {
  live.announce('runs', run.id);
  if (run.studyId !== null) live.announce('studies', run.studyId);
  live.announce('status', 0);
}

async function* paced(
  changed: () => Promise<void>,
  take: () => ReadonlySet<number>,
  signal: AbortSignal,
): AsyncGenerator<ReadonlySet<number>> {
  let restUntil = performance.now() + INTERVAL_MS;
  const isOver = () => signal.aborted;
  while (!isOver()) {
    await changed();
    await sleep(restUntil - performance.now());
    if (isOver()) return;
    const startedAt = performance.now();
    yield take();
    const tookMs = performance.now() - startedAt;
    restUntil = startedAt + Math.max(INTERVAL_MS, REST_FACTOR * tookMs);
  }
}

function sleep(milliseconds: number): Promise<void> {
  return new Promise((resolve) => setTimeout(resolve, Math.max(0, milliseconds)));
}
