import type { DataSetInfo } from '../../contract/data.ts';
import type { Draws } from '../draws.ts';
import type { AugmentationRecipe } from './augmentation.ts';
import { changeLighting, jitterColours } from './colour.ts';
import { cutOut } from './cutout.ts';
import { randAugment } from './randAugment.ts';

/** Changes an image [height, width, channels] in place by what is drawn for it. */
export type Change = (pixels: Uint8Array, draws: Draws, image: number) => void;

/** What a recipe changes after the crop: RandAugment, colours, lighting, cutout, in this order; null where nothing. */
export function createChange(
  { input: { height, width, channels }, mean }: Pick<DataSetInfo, 'input' | 'mean'>,
  recipe: AugmentationRecipe,
): Change | null {
  const { randAugmentMagnitude: magnitude, randAugmentOperations, colourJitter, lighting, cutout } = recipe;
  const steps: Change[] = [];
  const imageOf = (pixels: Uint8Array) => ({ pixels, height, width, channels });
  if (magnitude !== null) {
    steps.push((pixels, draws, image) =>
      randAugment(imageOf(pixels), randAugmentOperations, magnitude, draws.stream(image, 'randAugment')),
    );
  }
  if (colourJitter) steps.push((pixels, draws, image) => jitterColours(pixels, draws.stream(image, 'jitter')));
  if (lighting) steps.push((pixels, draws, image) => changeLighting(pixels, draws.stream(image, 'lighting')));
  if (cutout !== null) {
    steps.push((pixels, draws, image) => cutOut(imageOf(pixels), cutout, mean, draws.stream(image, 'cutout')));
  }
  if (steps.length === 0) return null;
  return (pixels, draws, image) => {
    for (const step of steps) step(pixels, draws, image);
  };
}
