import { shallowRef, toValue, watch, type MaybeRefOrGetter, type ShallowRef } from 'vue';
import type { LayerQuantity } from '../../../contract/flow.ts';
import { useApi } from '../api.ts';
import { ofFlow, ofNorms, type LayerProfile } from '../../../charts/layerProfile.ts';
import { useNotices } from '../stores/notices.ts';

/**
 * A quantity of every layer at one step, read anew when the step changes: what is observed, at the newest observed step up to that
 * one. Null where no step is asked for, or none was observed.
 */
export function useLayerProfile(
  runId: MaybeRefOrGetter<number>,
  quantity: MaybeRefOrGetter<LayerQuantity>,
  step: MaybeRefOrGetter<number | null>,
): Readonly<ShallowRef<LayerProfile | null>> {
  const api = useApi();
  const notices = useNotices();
  const profile = shallowRef<LayerProfile | null>(null);
  const read = async (id: number, what: LayerQuantity, at: number) =>
    what === 'gradientNorm'
      ? ofNorms(await api['norms.read']({ runId: id, step: at }))
      : ofFlow(await api['flow.read']({ runId: id, step: at }), what);
  watch(
    () => [toValue(runId), toValue(quantity), toValue(step)] as const,
    async ([id, what, wanted], _before, onCleanup) => {
      const superseded = new AbortController();
      onCleanup(() => superseded.abort());
      if (wanted === null) {
        profile.value = null;
        return;
      }
      try {
        const answer = await read(id, what, wanted);
        if (!superseded.signal.aborted) profile.value = answer;
      } catch (error) {
        if (!superseded.signal.aborted) notices.showError(error);
      }
    },
    { immediate: true },
  );
  return profile;
}
