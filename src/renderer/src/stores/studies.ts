import { defineStore } from 'pinia';
import { computed, shallowRef, triggerRef } from 'vue';
import type { StudyRow } from '../../../contract/study.ts';
import { useApi } from '../api.ts';
import { useNotices } from './notices.ts';

/** Every study, kept current by the host; deleted ones are left out. */
export const useStudies = defineStore('studies', () => {
  const api = useApi();
  const notices = useNotices();
  const byId = shallowRef(new Map<number, StudyRow>());
  /** False until the host has answered for the first time. */
  const isLoaded = shallowRef(false);

  api['studies.watch'](
    {},
    (changed) => {
      for (const study of changed) {
        if (study.deletedAt === null) byId.value.set(study.id, study);
        else byId.value.delete(study.id);
      }
      isLoaded.value = true;
      triggerRef(byId);
    },
    notices.showError,
  );

  /** Newest first. */
  const all = computed(() => [...byId.value.values()].sort((one, other) => other.id - one.id));

  const stop = (id: number) => api['studies.stop']({ id }).catch(notices.showError);

  /** Goes on with every run that was stopped, interrupted or paused. */
  const resume = (id: number) => api['studies.resume']({ id }).catch(notices.showError);

  /** Deletes softly, with its runs, and offers to take it back. */
  const remove = async (id: number) => {
    try {
      await api['studies.delete']({ id });
    } catch (error) {
      return notices.showError(error);
    }
    notices.show('Study deleted', {
      label: 'Undo',
      run: () => void api['studies.restore']({ id }).catch(notices.showError),
    });
  };

  return { byId, isLoaded, all, stop, resume, remove };
});
