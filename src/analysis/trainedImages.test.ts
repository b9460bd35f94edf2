import { expect, it } from 'vitest';
import { heldOutImages, trainedImages } from './trainedImages.ts';

it.each([
  [0, 1437, 0],
  [0.1, 1437, 144],
  [0.1, 50_000, 5000],
  [0.5, 5, 3],
  // At least one is held out, and one is left.
  [0.001, 100, 1],
  [0.5, 2, 1],
  [0.5, 1, 0],
])('a share of %d of %d images holds out %d', (validationShare, trainImages, heldOut) => {
  expect(heldOutImages({ validationShare }, { trainImages })).toBe(heldOut);
  expect(trainedImages({ validationShare }, { trainImages })).toBe(trainImages - heldOut);
});
