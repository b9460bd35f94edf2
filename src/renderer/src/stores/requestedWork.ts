import { shallowRef } from 'vue';
import type { WorkProgress } from '../../../contract/data.ts';
import type { Dispose } from '../../../link/rpc.ts';

/** Work that a page has asked for: on its way (null before the first word of it), or done. */
export type Requested<Result> =
  | { readonly state: 'working'; readonly progress: WorkProgress | null }
  | { readonly state: 'done'; readonly result: Result };

/** What a stream says of such work; the result comes last. */
type Message<Result> =
  ({ readonly type: 'progress' } & WorkProgress) | { readonly type: 'result'; readonly result: Result };

/** Opens the stream of the work on a run. */
type Open<Result> = (
  runId: number,
  onValue: (message: Message<Result>) => void,
  onError: (error: Error) => void,
) => Dispose;

export interface RequestedWork<Result> {
  of(runId: number): Requested<Result> | null;
  /** Nothing where it is on its way already. */
  start(runId: number): void;
  /** Ends the work; nothing of it is left. */
  cancel(runId: number): void;
}

/**
 * Work on runs that takes a while. It goes on while other pages are looked at, and its result is kept as long as the window is
 * open.
 */
export function requestedWork<Result>(open: Open<Result>, onError: (error: Error) => void): RequestedWork<Result> {
  const entries = shallowRef<ReadonlyMap<number, Requested<Result>>>(new Map());
  const cancels = new Map<number, Dispose>();

  const set = (runId: number, entry: Requested<Result> | null) => {
    const next = new Map(entries.value);
    if (entry === null) next.delete(runId);
    else next.set(runId, entry);
    entries.value = next;
  };

  const end = (runId: number, entry: Requested<Result> | null) => {
    // The first message may come before the way to cancel is known.
    queueMicrotask(() => {
      cancels.get(runId)?.();
      cancels.delete(runId);
    });
    set(runId, entry);
  };

  return {
    of: (runId) => entries.value.get(runId) ?? null,

    start(runId) {
      if (cancels.has(runId)) return;
      set(runId, { state: 'working', progress: null });
      const onValue = (message: Message<Result>) => {
        if (message.type === 'result') return end(runId, { state: 'done', result: message.result });
        const { stage, done, total } = message;
        set(runId, { state: 'working', progress: { stage, done, total } });
      };
      const failed = (error: Error) => {
        end(runId, null);
        onError(error);
      };
      cancels.set(runId, open(runId, onValue, failed));
    },

    cancel: (runId) => end(runId, null),
  };
}
