import type { DataSetInfo } from '../contract/data.ts';
import type { TrainingRecipe } from '../contract/recipe.ts';

type Split = Pick<TrainingRecipe, 'validationShare'>;
type Images = Pick<DataSetInfo, 'trainImages'>;

/** How many training images a recipe holds out: the share of them, rounded; at least one, and never the last one. */
export function heldOutImages({ validationShare }: Split, { trainImages }: Images): number {
  if (validationShare === 0) return 0;
  return Math.min(Math.max(1, Math.round(validationShare * trainImages)), trainImages - 1);
}

/** How many images an epoch trains on: the training images that are not held out. */
export function trainedImages(recipe: Split, data: Images): number {
  return data.trainImages - heldOutImages(recipe, data);
}
