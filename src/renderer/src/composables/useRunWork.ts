import { computed } from 'vue';
import type { WorkProgress } from '../../../contract/data.ts';
import type { RunRow } from '../../../contract/run.ts';
import type { RequestedWork } from '../stores/requestedWork.ts';

/** One request for work on each of several runs: what of it is on its way, and what is done. */
export function useRunWork<Result>(work: RequestedWork<Result>, runs: () => readonly RunRow[]) {
  const requested = computed(() => runs().flatMap((run) => ({ run, state: work.of(run.id) })));
  const working = computed(() => requested.value.flatMap(({ state }) => (state?.state === 'working' ? [state] : [])));
  const done = computed(() =>
    requested.value.flatMap(({ run, state }) => (state?.state === 'done' ? [{ run, result: state.result }] : [])),
  );
  return {
    isWorking: computed(() => working.value.length > 0),
    /** Of all together; null before the first word of any. */
    progress: computed(() => sumOf(working.value.flatMap(({ progress }) => progress ?? []))),
    done,
    isDone: computed(() => requested.value.length > 0 && done.value.length === requested.value.length),
    start: () => runs().forEach(({ id }) => work.start(id)),
    cancel: () => runs().forEach(({ id }) => work.cancel(id)),
  };
}

function sumOf(all: readonly WorkProgress[]): WorkProgress | null {
  const [first, ...others] = all;
  return first === undefined
    ? null
    : others.reduce(
        ({ stage, done, total }, other) => ({
          stage,
          done: done + other.done,
          total: total === null || other.total === null ? null : total + other.total,
        }),
        first,
      );
}
