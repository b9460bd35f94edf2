import { scheduleLength } from '../../../../analysis/schedule.ts';
import { trainedImages } from '../../../../analysis/trainedImages.ts';
import type { DataSetInfo } from '../../../../contract/data.ts';
import type { TrainingRecipe } from '../../../../contract/recipe.ts';
import { formatCount } from '../../format.ts';
import type { FieldName } from './draft.ts';

/** What is allowed but may not be meant, beside its field. */
export function recipeNotes(
  recipe: TrainingRecipe,
  data: Pick<DataSetInfo, 'trainImages'>,
): ReadonlyMap<FieldName, string> {
  const notes = new Map<FieldName, string>();
  const trained = trainedImages(recipe, data);
  const { totalSteps } = scheduleLength(recipe, trained);
  const wholeEpochs = scheduleLength({ ...recipe, maxSteps: null }, trained).totalSteps;
  if (recipe.maxSteps !== null && recipe.maxSteps >= wholeEpochs) {
    notes.set('maxSteps', `No effect: the epochs end after ${formatCount(wholeEpochs)} steps`);
  }
  if (recipe.batchSize > trained) {
    notes.set('batchSize', `A step takes all ${formatCount(trained)} training images`);
  }
  if (recipe.validationShare === 0) {
    notes.set('validationShare', 'Test images are looked at after every epoch: choose no network by them');
  }
  if (recipe.warmupSteps >= totalSteps) {
    notes.set('warmupSteps', `The run ends within it, after ${formatCount(totalSteps)} steps`);
  }
  return notes;
}
