import type { WorkProgress } from '../contract/data.ts';

/**
 * Work that tells how far it is, as a stream: the newest progress whenever one is asked for, so that a slow client never
 * queues any, and the result as the last value. Ends without one where the signal ends the work.
 */
export async function* withProgress<Result>(
  work: (report: (progress: WorkProgress) => void) => Promise<Result>,
  signal: AbortSignal,
): AsyncGenerator<Result | ({ readonly type: 'progress' } & WorkProgress)> {
  const told: { newest: WorkProgress | null } = { newest: null };
  let wake: () => void = () => undefined;
  const result = work((progress) => {
    told.newest = progress;
    wake();
  });
  const settled = result.then(
    () => true,
    () => true,
  );
  for (;;) {
    const next = new Promise<false>((resolve) => {
      wake = () => resolve(false);
    });
    if (told.newest === null && (await Promise.race([next, settled]))) break;
    const { newest } = told;
    told.newest = null;
    if (newest !== null) yield { type: 'progress', ...newest };
  }
  if (signal.aborted) return;
  yield await result;
}
