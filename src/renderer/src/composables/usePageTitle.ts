import { useTitle } from '@vueuse/core';
import { computed } from 'vue';
import { useRoute } from 'vue-router';
import { overallProgress, progressTitle } from '../../../analysis/progress.ts';
import { useRuns } from '../stores/runs.ts';

/** The document's title, which is also the window's: what trains and how far it is, else the view. */
export function usePageTitle(): void {
  const route = useRoute();
  const runs = useRuns();
  const subject = computed(() => {
    const progress = overallProgress(runs.active);
    if (progress !== null) return progressTitle(progress);
    return typeof route.meta['title'] === 'string' ? route.meta['title'] : '';
  });
  useTitle(() => (subject.value === '' ? 'Depthlab' : `${subject.value} — Depthlab`));
}
