import { computed, type Ref } from 'vue';
import { scheduleLength } from '../../../../analysis/schedule.ts';
import { trainedImages } from '../../../../analysis/trainedImages.ts';
import { trainingTime } from '../../../../analysis/trainingTime.ts';
import type { TrainingRecipe } from '../../../../contract/recipe.ts';
import { useApplication } from '../../stores/application.ts';
import { useRuns } from '../../stores/runs.ts';
import { checkRecipe } from './check.ts';
import type { LaunchDraft, LaunchKind } from './draft.ts';
import { gridOf, type Grid } from './grid.ts';
import { useNetworkSummaries } from './useNetworkSummaries.ts';

/**
 * What the draft would train: its networks, recipe and time. While a field is wrong, what it was before stays, so that
 * the preview does not come and go as one types.
 */
export function useLaunchPlan(kind: Readonly<Ref<LaunchKind>>, draft: Readonly<Ref<LaunchDraft>>) {
  const application = useApplication();
  const runs = useRuns();

  const dataSet = computed(() => application.dataSets.find(({ name }) => name === draft.value.data));
  const recipe = computed<TrainingRecipe | null>((before) => checkRecipe(draft.value).request ?? before ?? null);
  const grid = computed<Grid | null>((before) => gridOf(kind.value, draft.value) ?? before ?? null);
  const { answer, isCurrent } = useNetworkSummaries(grid);

  const length = computed(() => {
    if (!recipe.value || !dataSet.value) return null;
    return scheduleLength(recipe.value, trainedImages(recipe.value, dataSet.value));
  });
  const networks = computed(() => answer.value?.networks ?? []);
  /** Why one of the networks does not exist; null where all do, and while the answer is on its way. */
  const refusal = computed(() => (isCurrent.value ? (answer.value?.refusal ?? null) : null));
  const time = computed(() => {
    if (!recipe.value || !dataSet.value || !grid.value || networks.value.length === 0) return null;
    const asked = networks.value.map(({ network }) => network);
    const plan = { networks: asked, seeds: grid.value.seeds, data: dataSet.value, recipe: recipe.value };
    return trainingTime(plan, runs.all);
  });

  return { dataSet, recipe, grid, length, networks, refusal, time };
}

export type LaunchPlan = ReturnType<typeof useLaunchPlan>;
