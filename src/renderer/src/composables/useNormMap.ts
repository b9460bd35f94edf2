import { toValue, type MaybeRefOrGetter, type ShallowRef } from 'vue';
import type { NormMap } from '../../../contract/frames.ts';
import { useApi } from '../api.ts';
import { useLatest } from './useStream.ts';

export interface NormMapQuestion {
  readonly runId: number;
  /** Width of the map. */
  readonly pixels: number;
  readonly fromStep?: number | undefined;
  readonly toStep?: number | undefined;
}

/** The gradient norms of every layer of a run over its steps, at most one column a pixel; kept current. */
export function useNormMap(question: MaybeRefOrGetter<NormMapQuestion>): Readonly<ShallowRef<NormMap | null>> {
  const api = useApi();
  return useLatest<string, NormMap>(
    () => JSON.stringify(toValue(question)),
    (asked, onValue, onError) => {
      const { runId, pixels, fromStep, toStep } = JSON.parse(asked) as NormMapQuestion;
      const columns = Math.min(4096, Math.max(16, Math.round(pixels)));
      return api['norms.watch']({ runId, columns, fromStep, toStep }, onValue, onError);
    },
  );
}
