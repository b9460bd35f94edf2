/**
 * Training time of a run over all its attempts, in milliseconds, without what it rested. From Node's monotonic clock: on Linux
 * that is CLOCK_MONOTONIC, which stands still while the machine sleeps and does not follow the wall clock. The clocks that
 * Node takes on macOS and Windows go on during sleep, as their makers document it: a step across a sleep counts it there.
 */
export interface Clock {
  elapsedMs(): number;
  stop(): void;
  start(): void;
}

export function createClock(earlierMs: number, now: () => number = () => performance.now()): Clock {
  let countedMs = earlierMs;
  let startedAt: number | null = now();
  const elapsedMs = () => countedMs + (startedAt === null ? 0 : now() - startedAt);
  return {
    elapsedMs,
    stop: () => {
      countedMs = elapsedMs();
      startedAt = null;
    },
    start: () => (startedAt ??= now()),
  };
}
