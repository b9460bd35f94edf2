import { watch } from 'vue';
import { useRoute, useRouter } from 'vue-router';
import { useApi } from '../../api.ts';
import { useNotices } from '../../stores/notices.ts';
import { draftOfRun, type LaunchDraft } from './draft.ts';

/**
 * "Duplicate with changes": fills the form from the run that the address names. The address then names it no more, so
 * that coming back to the page, or a restart, does not undo what was changed since.
 */
export function useDuplicate(fill: (draft: LaunchDraft, title: string, purpose: string) => void): void {
  const api = useApi();
  const route = useRoute();
  const router = useRouter();
  const notices = useNotices();

  watch(
    () => route.query['from'],
    async (from) => {
      if (typeof from !== 'string') return;
      try {
        const { run } = await api['runs.get']({ id: Number(from) });
        fill(draftOfRun(run), `Run ${run.id}`, `Filled from run ${run.id}, ${run.name}.`);
      } catch (error) {
        notices.showError(error);
      }
      const { from: _from, ...query } = route.query;
      await router.replace({ query });
    },
    { immediate: true },
  );
}
