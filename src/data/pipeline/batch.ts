import type { NetworkInput } from '../../contract/network.ts';

/** The second label of each image, where images are mixed, and its share of the image, at most a half. */
export interface SecondLabels {
  /** [count] */
  readonly labels: Int32Array;
  /** [count] */
  readonly shares: Float32Array;
}

/** Images for one step. The arrays belong to the pipeline and are overwritten by a later batch. */
export interface Batch {
  readonly count: number;
  /** [count, height, width, channels] */
  readonly images: Uint8Array;
  /** [count] */
  readonly labels: Int32Array;
  /** Null where images are not mixed. */
  readonly second: SecondLabels | null;
}

/** One batch's memory; it may be shared between threads. */
export interface BatchMemory {
  readonly images: Uint8Array;
  readonly labels: Int32Array;
  readonly secondLabels: Int32Array;
  readonly secondShares: Float32Array;
}

const WORD = 4;

/** How many bytes a batch of `batchSize` images takes. */
export function batchBytes(batchSize: number, input: NetworkInput): number {
  return imageBytes(batchSize, input) + 3 * WORD * batchSize;
}

/** The images first, where TensorFlow takes them without a copy; then labels, second labels and shares. */
export function batchMemory(buffer: ArrayBufferLike, batchSize: number, input: NetworkInput): BatchMemory {
  const start = imageBytes(batchSize, input);
  return {
    images: new Uint8Array(buffer, 0, batchSize * sizeOf(input)),
    labels: new Int32Array(buffer, start, batchSize),
    secondLabels: new Int32Array(buffer, start + WORD * batchSize, batchSize),
    secondShares: new Float32Array(buffer, start + 2 * WORD * batchSize, batchSize),
  };
}

/** Of the images, up to where a word may begin. */
function imageBytes(batchSize: number, input: NetworkInput): number {
  return Math.ceil((batchSize * sizeOf(input)) / WORD) * WORD;
}

/** The first `count` images of a batch's memory. */
export function batchOf(memory: BatchMemory, count: number, input: NetworkInput, isMixed: boolean): Batch {
  return {
    count,
    images: memory.images.subarray(0, count * sizeOf(input)),
    labels: memory.labels.subarray(0, count),
    second: isMixed
      ? { labels: memory.secondLabels.subarray(0, count), shares: memory.secondShares.subarray(0, count) }
      : null,
  };
}

/** Bytes of one image. */
export function sizeOf({ height, width, channels }: NetworkInput): number {
  return height * width * channels;
}
