import * as v from 'valibot';
import { MAX_NAME_LENGTH } from './limits.ts';
import { NetworkInput } from './network.ts';
import { wholeNumber } from './numbers.ts';

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

/** Images that are drawn by a formula from a seed, for trying things out. */
export const SyntheticSource = v.strictObject({
  kind: v.literal('synthetic'),
  images: v.optional(wholeNumber('The number of training images', 1, 10_000_000), 10_000),
  testImages: v.optional(wholeNumber('The number of test images', 1, 10_000_000), 2000),
  height: v.optional(wholeNumber('The height', 8, 1024), 32),
  width: v.optional(wholeNumber('The width', 8, 1024), 32),
  channels: v.optional(v.picklist([1, 3], 'Images have 1 or 3 channels'), 3),
  classes: v.optional(wholeNumber('The number of classes', 2, 1000), 10),
  /** Standard deviation of the noise, as a share of the pattern's amplitude. */
  noise: v.optional(
    v.pipe(v.number(), v.minValue(0, 'The noise is at least 0'), v.maxValue(1, 'The noise is at most 1')),
    0.2,
  ),
  seed: v.optional(wholeNumber('The seed', 0, 2 ** 31 - 1), 0),
});
export type SyntheticSource = v.InferOutput<typeof SyntheticSource>;

/** A file or folder by its path, or images drawn by a formula. */
export const ImportSource = v.variant('kind', [
  v.strictObject({ kind: v.literal('path'), path: v.pipe(v.string(), v.minLength(1, 'A path is not empty')) }),
  SyntheticSource,
]);
export type ImportSource = v.InferOutput<typeof ImportSource>;

/** What can be chosen of a data set that is added; what is left out follows from its kind. */
const importChoices = {
  name: v.optional(DataName),
  title: v.optional(v.pipe(v.string(), v.trim(), v.minLength(1, 'A title is not empty'), v.maxLength(MAX_NAME_LENGTH))),
  /** Side that pictures are cropped to, in pixels. */
  size: v.optional(wholeNumber('The size', 8, 1024)),
  /** Where the source has no test images: the share that is split off. */
  testShare: v.optional(
    v.pipe(v.number(), v.gtValue(0, 'The share of test images is more than 0'), v.ltValue(1, 'It is less than 1')),
  ),
  splitSeed: v.optional(wholeNumber('The seed of the split', 0, 2 ** 31 - 1)),
  flipAllowed: v.optional(v.boolean()),
};

/** A data set to be read into files of its own. */
export const DataImport = v.strictObject({ source: ImportSource, ...importChoices });
export type DataImport = v.InferOutput<typeof DataImport>;

/** The same as a client asks for it. A page names no files: what its user chose or dropped has a handle. */
export const DataAddition = v.strictObject({
  source: v.variant('kind', [
    ...ImportSource.options,
    v.strictObject({
      kind: v.literal('url'),
      url: v.pipe(v.string(), v.url('An address starts with http:// or https://')),
    }),
    v.strictObject({ kind: v.literal('picked'), handle: v.pipe(v.string(), v.maxLength(64)) }),
  ]),
  ...importChoices,
});
export type DataAddition = v.InferOutput<typeof DataAddition>;

/** Sets that are fetched from where their authors publish them. */
export const PublishedName = v.picklist(['cifar10', 'cifar100', 'mnist', 'fashion-mnist']);
export type PublishedName = v.InferOutput<typeof PublishedName>;

/** How far an import or a download is; `total` is null where it is not known. */
export const WorkProgress = v.strictObject({ stage: v.string(), done: v.number(), total: v.nullable(v.number()) });
export type WorkProgress = v.InferOutput<typeof WorkProgress>;

/** What is heard while a data set is added; `added` comes last. */
export const DataProgress = v.variant('type', [
  v.strictObject({ type: v.literal('progress'), ...WorkProgress.entries }),
  v.strictObject({ type: v.literal('added'), info: DataSetInfo }),
]);
export type DataProgress = v.InferOutput<typeof DataProgress>;

/** What an import has made. */
export const ImportedDataSet = v.strictObject({ info: DataSetInfo, files: v.array(DataFile) });
export type ImportedDataSet = v.InferOutput<typeof ImportedDataSet>;

/** Some images of a data set, with pixels from 0 to 255. */
export const DataSamples = v.strictObject({
  input: NetworkInput,
  /** [count, height, width, channels] */
  images: v.instance(Uint8Array<ArrayBufferLike>),
  /** The label that counts most, where images are mixed. */
  labels: v.array(v.number()),
});
export type DataSamples = v.InferOutput<typeof DataSamples>;
