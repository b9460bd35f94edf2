import { parse } from 'valibot';
import { TrainingRecipe } from '../contract/recipe.ts';

/**
 * What a file of an earlier version does not say was not there yet: the default leaves such a run what it was. A run without
 * a validation share was trained on all training images, and one without observed steps observed none.
 */
const EARLIER_RECIPE: TrainingRecipe = { ...parse(TrainingRecipe, {}), validationShare: 0, observe: 'off' };

/** A recipe as it is stored, complete. */
export function storedRecipe(stored: Partial<TrainingRecipe>): TrainingRecipe {
  return { ...EARLIER_RECIPE, ...stored };
}
