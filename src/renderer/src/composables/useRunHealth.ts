import { shallowRef, toValue, type MaybeRefOrGetter, type ShallowRef } from 'vue';
import type { RunHealth } from '../../../contract/health.ts';
import type { Dispose } from '../../../link/rpc.ts';
import { useApi } from '../api.ts';
import { useStream } from './useStream.ts';

/** Runs that one stream takes. */
const RUNS_A_STREAM = 1000;

/** The verdicts of several runs, by run, kept current; a run is absent until its steps have been read. */
export function useRunHealth(
  runIds: MaybeRefOrGetter<readonly number[]>,
): Readonly<ShallowRef<ReadonlyMap<number, RunHealth>>> {
  const api = useApi();
  const health = shallowRef<ReadonlyMap<number, RunHealth>>(new Map());
  const take = (verdicts: readonly RunHealth[]) => {
    health.value = new Map([...health.value, ...verdicts.map((verdict) => [verdict.runId, verdict] as const)]);
  };
  useStream(
    () => toValue(runIds).join(),
    (asked, onError) => {
      const ids = asked.split(',').filter(Boolean).map(Number);
      const open: Dispose[] = [];
      for (let first = 0; first < ids.length; first += RUNS_A_STREAM) {
        open.push(api['health.watch']({ runIds: ids.slice(first, first + RUNS_A_STREAM) }, take, onError));
      }
      return () => open.forEach((dispose) => dispose());
    },
  );
  return health;
}
