import { join } from 'node:path';
import type { DataSetInfo } from '../contract/data.ts';
import type { DataSource } from './dataSet.ts';
import { channelStatistics } from './channelStatistics.ts';
import { readRecords } from './labelledRecords.ts';
import { readVerified } from './verifiedFile.ts';

const info: DataSetInfo = {
  name: 'digits',
  title: 'Optical digits (8x8)',
  input: { height: 8, width: 8, channels: 1, classes: 10 },
  trainImages: 1437,
  testImages: 360,
  classNames: ['0', '1', '2', '3', '4', '5', '6', '7', '8', '9'],
  source:
    'Optical Recognition of Handwritten Digits, E. Alpaydin and C. Kaynak, UCI Machine Learning Repository, 1998, ' +
    'https://doi.org/10.24432/C50P49; the 1,797 images that ship with scikit-learn',
  licence: 'CC BY 4.0',
  split: '1,437 training and 360 test images, stratified by class, fixed in the file (NumPy PCG64, seed 0)',
  flipAllowed: false,
};

/** `resources/digits`: its README has the source and the licence, its `make.py` the layout. */
export const digits: DataSource = {
  info,
  maxPixel: 16,
  load: (resourcesFolder) => {
    const bytes = readVerified({
      file: join(resourcesFolder, 'digits', 'digits.bin'),
      sha256: '0730e2c971aaf6a5376780e70423448e9e8c28456aee06a904185b0895d80661',
      of: info.name,
    });
    const train = readRecords(bytes, info.input, 0, info.trainImages);
    const test = readRecords(bytes, info.input, info.trainImages, info.testImages);
    return { info, train, test, ...channelStatistics(train, info.input.channels) };
  },
};
