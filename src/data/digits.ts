import { join } from 'node:path';
import type { DataSetInfo } from '../contract/data.ts';
import type { PixelSet } from './dataSet.ts';
import { pixelsInMemory } from './imageSets.ts';
import { readRecords } from './labelledRecords.ts';
import { readVerified } from './verifiedFile.ts';

/** `resources/digits`: its README has the source and the licence, its `make.py` the layout. */
export const digits: DataSetInfo = {
  name: 'digits',
  title: 'Optical digits (8x8)',
  kind: 'digits',
  storage: 'pixels',
  input: { height: 8, width: 8, channels: 1, classes: 10 },
  trainImages: 1437,
  testImages: 360,
  classNames: ['0', '1', '2', '3', '4', '5', '6', '7', '8', '9'],
  trainCounts: [142, 145, 142, 146, 145, 146, 145, 143, 139, 144],
  testCounts: [36, 37, 35, 37, 36, 36, 36, 36, 35, 36],
  mean: [4.888493823938761],
  std: [6.017807227654174],
  maxPixel: 16,
  source:
    'Optical Recognition of Handwritten Digits, E. Alpaydin and C. Kaynak, UCI Machine Learning Repository, 1998, ' +
    'https://doi.org/10.24432/C50P49; the 1,797 images that ship with scikit-learn',
  licence: 'CC BY 4.0',
  split: '1,437 training and 360 test images, stratified by class, fixed in the file (NumPy PCG64, seed 0)',
  flipAllowed: false,
  notes: [],
};

/** Reads the embedded images; `folder` has `digits.bin`. */
export function openDigits(folder: string): { train: PixelSet; test: PixelSet } {
  const bytes = readVerified({
    file: join(folder, 'digits.bin'),
    sha256: '0730e2c971aaf6a5376780e70423448e9e8c28456aee06a904185b0895d80661',
    of: digits.name,
  });
  const part = (first: number, count: number) => {
    const { images, labels } = readRecords(bytes, digits.input, first, count);
    return pixelsInMemory(images, labels);
  };
  return { train: part(0, digits.trainImages), test: part(digits.trainImages, digits.testImages) };
}
