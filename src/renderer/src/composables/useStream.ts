import { onScopeDispose, shallowRef, watch, type ShallowRef, type WatchSource } from 'vue';
import type { Dispose } from '../../../link/rpc.ts';
import { useNotices } from '../stores/notices.ts';

/**
 * Holds a stream open for as long as the calling component lives, and opens it anew when what it asks for changes.
 * `open` starts the stream, or returns null where there is nothing to ask for.
 */
export function useStream<Question>(
  question: WatchSource<Question>,
  open: (question: Question, onError: (error: Error) => void) => Dispose | null,
): void {
  const notices = useNotices();
  let dispose: Dispose | null = null;
  const close = () => {
    dispose?.();
    dispose = null;
  };
  watch(
    question,
    (asked) => {
      close();
      dispose = open(asked, notices.showError);
    },
    { immediate: true },
  );
  onScopeDispose(close);
}

/** The newest value of a stream; null before the first. */
export function useLatest<Question, Value>(
  question: WatchSource<Question>,
  open: (question: Question, onValue: (value: Value) => void, onError: (error: Error) => void) => Dispose | null,
): Readonly<ShallowRef<Value | null>> {
  const latest = shallowRef<Value | null>(null);
  useStream(question, (asked, onError) => {
    latest.value = null;
    return open(asked, (value) => (latest.value = value), onError);
  });
  return latest;
}
