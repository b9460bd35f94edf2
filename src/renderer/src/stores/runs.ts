import { defineStore } from 'pinia';
import { computed, shallowRef, triggerRef } from 'vue';
import { queueOrder } from '../../../analysis/queueOrder.ts';
import type { RunRow } from '../../../contract/run.ts';
import { hasTrainer } from '../../../contract/runState.ts';
import type { PauseWay } from '../../../contract/trainer.ts';
import { useApi } from '../api.ts';
import { useNotices } from './notices.ts';

/** Every run, kept current by the host; deleted ones are left out. */
export const useRuns = defineStore('runs', () => {
  const api = useApi();
  const notices = useNotices();
  const byId = shallowRef(new Map<number, RunRow>());
  /** False until the host has answered for the first time. */
  const isLoaded = shallowRef(false);

  api['runs.watch'](
    {},
    (changed) => {
      for (const run of changed) {
        if (run.deletedAt === null) byId.value.set(run.id, run);
        else byId.value.delete(run.id);
      }
      isLoaded.value = true;
      triggerRef(byId);
    },
    notices.showError,
  );

  /** Newest first. */
  const all = computed(() => [...byId.value.values()].sort((one, other) => other.id - one.id));
  /** Those with a trainer process: they train, or rest in memory. */
  const active = computed(() => all.value.filter(hasTrainer));
  const queued = computed(() => queueOrder(all.value));

  const ofIds = (ids: readonly number[]) =>
    ids.flatMap((id) => {
      const run = byId.value.get(id);
      return run ? [run] : [];
    });

  /** On the disk, so that its memory is free, or in memory. */
  const pause = (id: number, way: PauseWay) => api['runs.pause']({ id, way }).catch(notices.showError);
  const resume = (id: number) => api['runs.resume']({ id }).catch(notices.showError);
  const startNext = (id: number) => api['runs.next']({ id }).catch(notices.showError);
  /** Before another one that waits, or (null) behind all. */
  const move = (id: number, before: number | null) => api['runs.move']({ id, before }).catch(notices.showError);
  const stop = (id: number) => api['runs.stop']({ id }).catch(notices.showError);

  /** Deletes softly and offers to take it back. */
  const remove = async (ids: readonly number[]) => {
    try {
      await api['runs.delete']({ ids: [...ids] });
    } catch (error) {
      return notices.showError(error);
    }
    const restore = () => void api['runs.restore']({ ids: [...ids] }).catch(notices.showError);
    notices.show(ids.length === 1 ? 'Run deleted' : `${ids.length} runs deleted`, { label: 'Undo', run: restore });
  };

  return { byId, isLoaded, all, active, queued, ofIds, pause, resume, startNext, move, stop, remove };
});
