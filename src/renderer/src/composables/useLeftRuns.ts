import { computed } from 'vue';
import { leftRuns } from '../../../analysis/leftRuns.ts';
import { usePreferences } from '../stores/preferences.ts';
import { useRuns } from '../stores/runs.ts';

/** The runs that ended with the application and that nobody has gone on with, until they are dismissed. */
export function useLeftRuns() {
  const preferences = usePreferences();
  const runs = useRuns();
  const left = computed(() => leftRuns(runs.all, preferences.values.dismissedLeftRunsUntil));

  /** One after the other, so that they wait in this order. */
  const goOn = async () => {
    for (const { id } of left.value) await runs.resume(id);
  };
  const dismiss = () => {
    preferences.values.dismissedLeftRunsUntil = Math.max(...left.value.map(({ endedAt }) => endedAt ?? 0));
  };
  return { left, goOn, dismiss };
}
