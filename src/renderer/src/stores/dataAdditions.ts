import { defineStore } from 'pinia';
import { ref } from 'vue';
import type { ArgumentsOf } from '../../../contract/contract.ts';
import type { DataProgress, PublishedName, WorkProgress } from '../../../contract/data.ts';
import type { Dispose } from '../../../link/rpc.ts';
import { useApi } from '../api.ts';
import { useNotices } from './notices.ts';

/** A data set that is being added. */
export interface Addition {
  readonly id: number;
  readonly title: string;
  /** Null before the first word of it. */
  readonly progress: WorkProgress | null;
}

/** What is being added, wherever in the window one is. */
export const useDataAdditions = defineStore('dataAdditions', () => {
  const api = useApi();
  const notices = useNotices();
  const running = ref<readonly Addition[]>([]);
  const cancels = new Map<number, Dispose>();
  let lastId = 0;

  const end = (id: number) => {
    cancels.get(id)?.();
    cancels.delete(id);
    running.value = running.value.filter((addition) => addition.id !== id);
  };

  const start = (
    title: string,
    open: (onValue: (value: DataProgress) => void, onError: (error: Error) => void) => Dispose,
  ) => {
    const id = ++lastId;
    running.value = [...running.value, { id, title, progress: null }];
    const onValue = (value: DataProgress) => {
      if (value.type === 'added') {
        end(id);
        return notices.show(`Added ${value.info.title}`);
      }
      const { stage, done, total } = value;
      running.value = running.value.map((addition) =>
        addition.id === id ? { ...addition, progress: { stage, done, total } } : addition,
      );
    };
    const onError = (error: Error) => {
      end(id);
      notices.showError(error);
    };
    cancels.set(id, open(onValue, onError));
  };

  return {
    running,
    add: (title: string, request: ArgumentsOf<'data.add'>) =>
      start(title, (onValue, onError) => api['data.add'](request, onValue, onError)),
    fetch: (title: string, name: PublishedName) =>
      start(title, (onValue, onError) => api['data.fetch']({ name }, onValue, onError)),
    /** Ends it; nothing of it is left but what was downloaded, which a second try goes on with. */
    cancel: (id: number) => end(id),
  };
});
