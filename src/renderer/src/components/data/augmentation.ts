import type { TrainingRecipe } from '../../../../contract/recipe.ts';

/** Whether a recipe changes images. */
export function isAugmented(recipe: TrainingRecipe): boolean {
  const { augment, randAugmentMagnitude, colourJitter, lighting, cutout, mixup, cutMix } = recipe;
  return (
    augment || colourJitter || lighting || [randAugmentMagnitude, cutout, mixup, cutMix].some((value) => value !== null)
  );
}
