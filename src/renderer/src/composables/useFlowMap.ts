import { computed, toValue, type ComputedRef, type MaybeRefOrGetter } from 'vue';
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

/**
 * A quantity of every layer of a run over its steps, at most one column a pixel; kept current. While another part of the steps is
 * being read, the map that was there stays; another quantity's or run's does not.
 */
export function useFlowMap(question: MaybeRefOrGetter<FlowMapQuestion>): ComputedRef<FlowMap | null> {
  const api = useApi();
  const newest = useLatest<string, FlowMap>(
    () => JSON.stringify(toValue(question)),
    (asked, onValue, onError) => {
      const { pixels, ...rest } = JSON.parse(asked) as FlowMapQuestion;
      const columns = Math.min(4096, Math.max(16, Math.round(pixels)));
      return api['flow.watch']({ ...rest, columns }, onValue, onError);
    },
  );
  return computed<FlowMap | null>((shown) => {
    const { runId, quantity } = toValue(question);
    const kept = newest.value ?? shown ?? null;
    return kept?.runId === runId && kept.quantity === quantity ? kept : null;
  });
}
