import type { DataSetInfo } from '../contract/data.ts';

/** Images of one size, as bytes. */
export interface PixelSet {
  readonly storage: 'pixels';
  readonly count: number;
  /** [count], 0 to classes - 1. */
  readonly labels: Int32Array;
  /** Copies one image, [height, width, channels] row-major, into `target` from `offset` on. */
  read(index: number, target: Uint8Array, offset: number): void;
}

/** JPEG, PNG or WebP images of any size. */
export interface PictureSet {
  readonly storage: 'pictures';
  readonly count: number;
  /** [count], 0 to classes - 1. */
  readonly labels: Int32Array;
  /** One picture as its file has it, still encoded. Throws a `UserError` that names the file. */
  read(index: number): Uint8Array;
  /** What a message calls it: its path, or its place among the images. */
  nameOf(index: number): string;
}

export type ImageSet = PixelSet | PictureSet;

/** A data set with its files open. */
export interface DataSet<Images extends ImageSet = ImageSet> {
  readonly info: DataSetInfo;
  readonly train: Images;
  readonly test: Images;
}
