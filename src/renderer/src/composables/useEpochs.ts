import { shallowRef, toValue, type MaybeRefOrGetter, type ShallowRef } from 'vue';
import type { EpochRow } from '../../../contract/run.ts';
import { useApi } from '../api.ts';
import { useStream } from './useStream.ts';

/** The epochs of several runs, by run, kept current. */
export function useEpochs(
  runIds: MaybeRefOrGetter<readonly number[]>,
): Readonly<ShallowRef<ReadonlyMap<number, readonly EpochRow[]>>> {
  const api = useApi();
  const epochs = shallowRef<ReadonlyMap<number, readonly EpochRow[]>>(new Map());
  useStream(
    () => toValue(runIds).join(),
    (asked, onError) => {
      epochs.value = new Map();
      const ids = asked.split(',').filter(Boolean).map(Number);
      if (ids.length === 0) return null;
      return api['epochs.watch'](
        { runIds: ids },
        (rows) => {
          const changed = Map.groupBy(rows, ({ runId }) => runId);
          epochs.value = new Map([...epochs.value, ...changed]);
        },
        onError,
      );
    },
  );
  return epochs;
}
