import { scheduleLength } from '../../../../analysis/schedule.ts';
import type { DataSetInfo } from '../../../../contract/data.ts';
import type { TrainingRecipe } from '../../../../contract/recipe.ts';
import { formatCount } from '../../format.ts';
import type { FieldName } from './draft.ts';

/** What is allowed but may not be meant, beside its field. */
export function recipeNotes(
  recipe: TrainingRecipe,
  { trainImages }: Pick<DataSetInfo, 'trainImages'>,
): ReadonlyMap<FieldName, string> {
  const notes = new Map<FieldName, string>();
  const { totalSteps } = scheduleLength(recipe, trainImages);
  const wholeEpochs = scheduleLength({ ...recipe, maxSteps: null }, trainImages).totalSteps;
  if (recipe.maxSteps !== null && recipe.maxSteps >= wholeEpochs) {
    notes.set('maxSteps', `No effect: the epochs end after ${formatCount(wholeEpochs)} steps`);
  }
  if (recipe.batchSize > trainImages) {
    notes.set('batchSize', `A step takes all ${formatCount(trainImages)} training images`);
  }
  if (recipe.warmupSteps >= totalSteps) {
    notes.set('warmupSteps', `The run ends within it, after ${formatCount(totalSteps)} steps`);
  }
  return notes;
}
