import { shallowRef, watch, type ShallowRef } from 'vue';
import type { RunDetail, RunRow } from '../../../contract/run.ts';
import { useApi } from '../api.ts';
import { useNotices } from '../stores/notices.ts';

/**
 * What a run's page shows beside its curves. Environment, events and checkpoints change with the run's state, at
 * the end of an epoch and where it is changed by hand, so it is read again then.
 */
export function useRunDetail(run: () => RunRow | undefined): Readonly<ShallowRef<RunDetail | null>> {
  const api = useApi();
  const notices = useNotices();
  const detail = shallowRef<RunDetail | null>(null);
  watch(
    () => {
      const row = run();
      return (
        row &&
        ([
          row.id,
          row.state,
          Math.floor(row.lastStep / Math.max(1, row.stepsPerEpoch)),
          row.totalSteps,
          row.rateChanges.length,
        ] as const)
      );
    },
    async (key, before, onCleanup) => {
      if (key?.join() === before?.join()) return;
      const superseded = new AbortController();
      onCleanup(() => superseded.abort());
      if (key?.[0] !== before?.[0]) detail.value = null;
      if (key === undefined) return;
      try {
        const answer = await api['runs.get']({ id: key[0] });
        if (!superseded.signal.aborted) detail.value = answer;
      } catch (error) {
        if (!superseded.signal.aborted) notices.showError(error);
      }
    },
    { immediate: true },
  );
  return detail;
}
