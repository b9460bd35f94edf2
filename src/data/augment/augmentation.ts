import type { DataSetInfo } from '../../contract/data.ts';
import type { TrainingRecipe } from '../../contract/recipe.ts';
import { UserError } from '../../contract/errors.ts';

/** The fields of a recipe that say how images are changed. */
export type AugmentationRecipe = Pick<
  TrainingRecipe,
  | 'augment'
  | 'randAugmentMagnitude'
  | 'randAugmentOperations'
  | 'colourJitter'
  | 'lighting'
  | 'cutout'
  | 'mixup'
  | 'cutMix'
>;

/** Whether batches have images of two labels. */
export function mixesImages({ mixup, cutMix }: AugmentationRecipe): boolean {
  return mixup !== null || cutMix !== null;
}

/** Throws a `UserError` where a data set's images cannot be changed so. */
export function requirePossible(recipe: AugmentationRecipe, { name, input, maxPixel }: DataSetInfo): void {
  const refuse = (message: string, field: keyof AugmentationRecipe) =>
    new UserError({ code: 'bad-input', message, where: `recipe.${field}`, hint: 'Leave it off for this data set' });
  const isGrey = input.channels !== 3;
  if (recipe.colourJitter && isGrey) throw refuse(`The images of "${name}" have no colours to change`, 'colourJitter');
  if (recipe.lighting && isGrey) throw refuse(`The images of "${name}" have no colours to change`, 'lighting');
  if (recipe.randAugmentMagnitude !== null && maxPixel !== 255) {
    throw refuse(
      `RandAugment is for pixels from 0 to 255; those of "${name}" go to ${maxPixel}`,
      'randAugmentMagnitude',
    );
  }
  if (recipe.cutout !== null && recipe.cutout > Math.min(input.height, input.width)) {
    throw refuse(`A square of ${recipe.cutout} pixels covers images of ${input.height}x${input.width} whole`, 'cutout');
  }
}
