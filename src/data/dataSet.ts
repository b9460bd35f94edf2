import type { DataSetInfo } from '../contract/data.ts';

/** Labelled images in memory. */
export interface ImageSet {
  readonly count: number;
  /** [count, height, width, channels], row-major. */
  readonly images: Uint8Array;
  /** [count], 0 to classes - 1. */
  readonly labels: Int32Array;
}

/** A data set with its images read. */
export interface DataSet {
  readonly info: DataSetInfo;
  readonly train: ImageSet;
  readonly test: ImageSet;
  /** Per channel, over all pixels of the training images, in pixel values. */
  readonly mean: readonly number[];
  readonly std: readonly number[];
}

/** A data set that can be asked for by name; its images are read on `load`. */
export interface DataSource {
  readonly info: DataSetInfo;
  /** The largest value that a pixel takes: 255 for most sets, 16 for digits; a picture of it is drawn by this scale. */
  readonly maxPixel: number;
  /** Throws a `UserError` where the files are missing or damaged. */
  load(resourcesFolder: string): DataSet;
}
