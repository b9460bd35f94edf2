import { toValue, type MaybeRefOrGetter, type ShallowRef } from 'vue';
import type { FlowMap, LayerQuantity } from '../../../contract/flow.ts';
import { useApi } from '../api.ts';
import { useLatest } from './useStream.ts';

export interface FlowMapQuestion {
  readonly runId: number;
  readonly quantity: LayerQuantity;
  /** Width of the map. */
  readonly pixels: number;
  readonly fromStep?: number | undefined;
  readonly toStep?: number | undefined;
}

/** A quantity of every layer of a run over its steps, at most one column a pixel; kept current. */
export function useFlowMap(question: MaybeRefOrGetter<FlowMapQuestion>): Readonly<ShallowRef<FlowMap | null>> {
  const api = useApi();
  return useLatest<string, FlowMap>(
    () => JSON.stringify(toValue(question)),
    (asked, onValue, onError) => {
      const { pixels, ...rest } = JSON.parse(asked) as FlowMapQuestion;
      const columns = Math.min(4096, Math.max(16, Math.round(pixels)));
      return api['flow.watch']({ ...rest, columns }, onValue, onError);
    },
  );
}
