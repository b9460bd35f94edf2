import type { DataSetInfo } from '../../contract/data.ts';
import { createChange } from '../augment/changes.ts';
import type { PictureSet } from '../dataSet.ts';
import { cropPicture } from '../decodePicture.ts';
import { centreCrop, drawCrop } from './pictureCrops.ts';
import type { BatchPlan, ImageSource } from './filler.ts';

/**
 * Pictures: for training a crop of random place, size and proportions, mirrored by chance, then changed further; else the middle
 * of the picture (Szegedy et al. 2015, section 6; torchvision's `RandomResizedCrop`, `Resize` and `CenterCrop`).
 */
export function createPictureSource(
  images: PictureSet,
  info: DataSetInfo,
  { recipe, centreShare }: BatchPlan,
): ImageSource {
  const { input, flipAllowed } = info;
  const { height, width, channels } = input;
  const size = height * width * channels;
  const change = createChange(info, recipe);
  const centre = centreCrop(centreShare);
  return async (image, draws, target, offset) => {
    const crop =
      draws !== null && recipe.augment
        ? drawCrop(draws.stream(image, 'crop'), flipAllowed && draws.below(2, image, 'flip') === 1)
        : centre;
    const pixels = target.subarray(offset, offset + size);
    await cropPicture(images.read(image), images.nameOf(image), { height, width, channels, crop }, pixels);
    if (draws !== null && change) change(pixels, draws, image);
  };
}
