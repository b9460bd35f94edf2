import * as v from 'valibot';
import { MAX_NAME_LENGTH } from './limits.ts';
import { NetworkInput } from './network.ts';

/** A data set by its name, e.g. `digits`. */
export const DataName = v.pipe(
  v.string('The data set is named by a word'),
  v.regex(/^[a-z0-9][a-z0-9_-]*$/, 'A data set name has lower-case letters, digits, - and _ only'),
  v.maxLength(MAX_NAME_LENGTH),
);
export type DataName = v.InferOutput<typeof DataName>;

/** What a data set was made from. */
export const DataKind = v.picklist(['digits', 'cifar', 'idx', 'arrays', 'parquet', 'folder', 'synthetic']);
export type DataKind = v.InferOutput<typeof DataKind>;

/**
 * How images are kept. `pixels`: all of one size, read as they are. `pictures`: JPEG, PNG or WebP of any size, which are
 * decoded, cropped and resized to the network's input whenever they are used.
 */
export const DataStorage = v.picklist(['pixels', 'pictures']);
export type DataStorage = v.InferOutput<typeof DataStorage>;

/** What is known of a data set without reading its images. */
export const DataSetInfo = v.strictObject({
  name: DataName,
  title: v.string(),
  kind: DataKind,
  storage: DataStorage,
  /** What a network takes in: the images' own size, or that which pictures are cropped to. */
  input: NetworkInput,
  trainImages: v.number(),
  testImages: v.number(),
  classNames: v.array(v.string()),
  /** Images of each class. */
  trainCounts: v.array(v.number()),
  testCounts: v.array(v.number()),
  /** Per channel over all pixels of the training images, in pixel values (0 to `maxPixel`). */
  mean: v.array(v.number()),
  std: v.array(v.number()),
  /** The largest value that a pixel may take: 255 for most sets, 16 for digits; a picture of it is drawn by this scale. */
  maxPixel: v.number(),
  /** Where it comes from and under what licence. */
  source: v.string(),
  licence: v.string(),
  /** How it was split into training and test images. */
  split: v.string(),
  /** False where a mirrored image would be another class (digits). */
  flipAllowed: v.boolean(),
  /** What one should know of it, such as files that could not be read and were left out. */
  notes: v.array(v.string()),
});
export type DataSetInfo = v.InferOutput<typeof DataSetInfo>;

/** A file of a data set as it was when it was written; `mtimeMs` tells whether its hash needs to be taken again. */
export const DataFile = v.strictObject({
  name: v.string(),
  bytes: v.number(),
  sha256: v.string(),
  mtimeMs: v.number(),
});
export type DataFile = v.InferOutput<typeof DataFile>;

/** A data set with the place of its files: all that a process needs to read it. */
export const DataReference = v.strictObject({
  info: DataSetInfo,
  /** The folder with its files. */
  folder: v.string(),
  files: v.array(DataFile),
});
export type DataReference = v.InferOutput<typeof DataReference>;
