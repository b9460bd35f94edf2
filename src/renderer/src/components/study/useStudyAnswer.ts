import { useDebounceFn } from '@vueuse/core';
import { onScopeDispose, shallowRef, toValue, watch, type MaybeRefOrGetter, type ShallowRef } from 'vue';
import type { TableMetric } from '../../../../contract/study.ts';
import { useNotices } from '../../stores/notices.ts';
import { useRuns } from '../../stores/runs.ts';
import { useStudies } from '../../stores/studies.ts';

/** Several runs may end within one announcement of the host and the next. */
const SETTLE_MS = 300;

/** What the host says of a study for a metric, asked anew when one of its runs changes state; the old answer stays until then. */
export function useStudyAnswer<Answer>(
  id: number,
  metric: MaybeRefOrGetter<TableMetric>,
  ask: (asked: { readonly id: number; readonly metric: TableMetric }) => Promise<Answer>,
): Readonly<ShallowRef<Answer | null>> {
  const notices = useNotices();
  const runs = useRuns();
  const studies = useStudies();
  const newest = shallowRef<Answer | null>(null);
  /** The newest question; an answer to an older one is dropped. */
  let asked = 0;
  let isClosed = false;

  const read = () => {
    if (isClosed) return;
    const question = ++asked;
    ask({ id, metric: toValue(metric) }).then(
      (answer) => {
        if (question === asked && !isClosed) newest.value = answer;
      },
      (error: unknown) => {
        if (question === asked && !isClosed) notices.showError(error);
      },
    );
  };
  const settled = useDebounceFn(read, SETTLE_MS, { maxWait: 2 * SETTLE_MS });

  watch(() => toValue(metric), read, { immediate: true });
  watch(
    () => {
      const study = studies.byId.get(id);
      return study && [study.name, ...runs.ofIds(study.runIds).map((run) => `${run.id} ${run.state}`)].join();
    },
    (current) => {
      if (current !== undefined) void settled();
    },
  );
  onScopeDispose(() => {
    isClosed = true;
  });
  return newest;
}
