import { shallowRef, watch, type ShallowRef } from 'vue';
import type { EnvironmentEntry, RunRow } from '../../../contract/run.ts';
import { useApi } from '../api.ts';
import { useNotices } from '../stores/notices.ts';

/** What several runs were trained on, by run; read again when one of them starts. */
export function useEnvironments(
  runs: () => readonly RunRow[],
): Readonly<ShallowRef<ReadonlyMap<number, readonly EnvironmentEntry[]>>> {
  const api = useApi();
  const notices = useNotices();
  const environments = shallowRef<ReadonlyMap<number, readonly EnvironmentEntry[]>>(new Map());
  watch(
    () =>
      runs()
        .map(({ id, startedAt }) => `${id} ${startedAt ?? ''}`)
        .join(),
    async (_key, _before, onCleanup) => {
      const superseded = new AbortController();
      onCleanup(() => superseded.abort());
      const ids = runs().map(({ id }) => id);
      if (ids.length === 0) return;
      try {
        const answer = await api['runs.environments']({ ids });
        if (superseded.signal.aborted) return;
        environments.value = new Map(answer.map(({ runId, entries }) => [runId, entries]));
      } catch (error) {
        if (!superseded.signal.aborted) notices.showError(error);
      }
    },
    { immediate: true },
  );
  return environments;
}
