import { shallowRef, toValue, watch, type MaybeRefOrGetter, type ShallowRef } from 'vue';
import type { NormProfile } from '../../../contract/frames.ts';
import { useApi } from '../api.ts';
import { useNotices } from '../stores/notices.ts';

/** Every layer's gradient norm at one step, read anew when the step changes; null where no step is asked for. */
export function useNormProfile(
  runId: MaybeRefOrGetter<number>,
  step: MaybeRefOrGetter<number | null>,
): Readonly<ShallowRef<NormProfile | null>> {
  const api = useApi();
  const notices = useNotices();
  const profile = shallowRef<NormProfile | null>(null);
  watch(
    () => [toValue(runId), toValue(step)] as const,
    async ([id, wanted], _before, onCleanup) => {
      const superseded = new AbortController();
      onCleanup(() => superseded.abort());
      if (wanted === null) {
        profile.value = null;
        return;
      }
      try {
        const answer = await api['norms.read']({ runId: id, step: wanted });
        if (!superseded.signal.aborted) profile.value = answer;
      } catch (error) {
        if (!superseded.signal.aborted) notices.showError(error);
      }
    },
    { immediate: true },
  );
  return profile;
}
