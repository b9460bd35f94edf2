import type { DataSetInfo } from '../../contract/data.ts';
import type { AugmentationRecipe } from '../augment/augmentation.ts';
import { createChange } from '../augment/changes.ts';
import { cropPadding, drawChange, writeChanged } from '../augment/crop.ts';
import type { PixelSet } from '../dataSet.ts';
import type { ImageSource } from './filler.ts';

/** Images of one size: cropped from a padded copy and mirrored (He et al. 2015, section 4.2), then changed further. */
export function createPixelSource(images: PixelSet, info: DataSetInfo, recipe: AugmentationRecipe): ImageSource {
  const { input, flipAllowed } = info;
  const size = input.height * input.width * input.channels;
  const unchanged = new Uint8Array(size);
  const padding = cropPadding(input);
  const change = createChange(info, recipe);
  return (image, draws, target, offset) => {
    if (draws === null || !recipe.augment) images.read(image, target, offset);
    else {
      images.read(image, unchanged, 0);
      writeChanged(unchanged, input, drawChange(draws, image, padding, flipAllowed), target, offset);
    }
    if (draws !== null && change) change(target.subarray(offset, offset + size), draws, image);
    return undefined;
  };
}
