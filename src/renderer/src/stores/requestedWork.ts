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

/**
 * Work that takes a while, by a key of the caller's. It goes on while other pages are looked at, and its result is kept as
 * long as the window is open.
 */
export function requestedWork<Result>(onError: (error: Error) => void) {
  const entries = shallowRef<ReadonlyMap<string, Requested<Result>>>(new Map());
  const cancels = new Map<string, Dispose>();

  const set = (key: string, entry: Requested<Result> | null) => {
    const next = new Map(entries.value);
    if (entry === null) next.delete(key);
    else next.set(key, entry);
    entries.value = next;
  };

  const end = (key: string, entry: Requested<Result> | null) => {
    // The first message may come before the way to cancel is known.
    queueMicrotask(() => {
      cancels.get(key)?.();
      cancels.delete(key);
    });
    set(key, entry);
  };

  return {
    of: (key: string): Requested<Result> | null => entries.value.get(key) ?? null,

    start(key: string, open: (onValue: (value: Message<Result>) => void, onError: (error: Error) => void) => Dispose) {
      if (cancels.has(key)) return;
      set(key, { state: 'working', progress: null });
      const onValue = (message: Message<Result>) => {
        if (message.type === 'result') return end(key, { state: 'done', result: message.result });
        const { stage, done, total } = message;
        set(key, { state: 'working', progress: { stage, done, total } });
      };
      const failed = (error: Error) => {
        end(key, null);
        onError(error);
      };
      cancels.set(key, open(onValue, failed));
    },

    /** Ends the work; nothing of it is left. */
    cancel: (key: string) => end(key, null),
  };
}
