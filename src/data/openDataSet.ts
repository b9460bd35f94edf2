import type { DataReference } from '../contract/data.ts';
import { UserError } from '../contract/errors.ts';
import type { DataSet, ImageSet, PixelSet } from './dataSet.ts';
import { openDigits } from './digits.ts';
import { openPictures, openPixels } from './imageSets.ts';

/** The files that each added data set has. */
export const TRAIN_FILE = 'train.safetensors';
export const TEST_FILE = 'test.safetensors';

/** Opens a data set's files. Throws a `UserError` where one is missing or damaged. */
export function openDataSet(reference: DataReference): DataSet {
  const { info, folder } = reference;
  if (info.kind === 'digits') return { info, ...openDigits(folder) };
  const open = (name: string): ImageSet =>
    info.storage === 'pixels' ? openPixels(reference, name) : openPictures(reference, name);
  return { info, train: open(TRAIN_FILE), test: open(TEST_FILE) };
}

/** The same for a set whose images are pixels; pictures are refused. */
export function openPixelSet(reference: DataReference): DataSet<PixelSet> {
  const { info, train, test } = openDataSet(reference);
  if (train.storage === 'pixels' && test.storage === 'pixels') return { info, train, test };
  throw new UserError({
    code: 'unavailable',
    message: `The images of "${info.name}" are pictures, which are decoded first`,
    where: 'data',
  });
}
