/** Training time of a run over all its attempts, without what it rested. From a monotonic clock. */
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
