import type { NetworkInput } from '../contract/network.ts';
import { cropPadding, drawChange, writeChanged } from './augmentation.ts';
import { createDraws, type Draws } from './draws.ts';
import type { PixelSet } from './dataSet.ts';
import { epochOrder } from './epochOrder.ts';

/** Images for one step. The arrays belong to the source and are overwritten by its next batch. */
export interface Batch {
  readonly count: number;
  /** [count, height, width, channels] */
  readonly images: Uint8Array;
  /** [count] */
  readonly labels: Int32Array;
}

export interface TrainingBatches {
  /** The batch of a step; steps count from 1, and any step may be asked for. */
  at(step: number): Batch;
}

export interface BatchOptions {
  readonly input: NetworkInput;
  readonly batchSize: number;
  readonly seed: number;
  readonly augment: boolean;
  readonly flipAllowed: boolean;
  /** Those of the set that are trained on, by their places in it; null: all. */
  readonly images: Uint32Array | null;
}

/**
 * The training images, each once an epoch, in an order and with changes that follow from (seed, epoch).
 * An epoch's last batch holds what is left, so an epoch has ceil(images / batchSize) steps.
 */
export function createTrainingBatches(images: PixelSet, options: BatchOptions): TrainingBatches {
  const { input, batchSize, seed, augment, flipAllowed, images: trained } = options;
  const count = trained?.length ?? images.count;
  const stepsPerEpoch = Math.ceil(count / batchSize);
  const padding = cropPadding(input);
  const buffer = createBatchBuffer(images, input, batchSize);
  const unchanged = new Uint8Array(input.height * input.width * input.channels);
  let epoch = 0;
  let order: Uint32Array = new Uint32Array();
  let draws: Draws = createDraws(seed, epoch);
  return {
    at: (step) => {
      const stepEpoch = Math.ceil(step / stepsPerEpoch);
      if (stepEpoch !== epoch) {
        epoch = stepEpoch;
        order = epochOrder(seed, epoch, count);
        if (trained) order = order.map((place) => trained[place]!);
        draws = createDraws(seed, epoch);
      }
      const first = ((step - 1) % stepsPerEpoch) * batchSize;
      const chosen = order.subarray(first, first + batchSize);
      if (!augment) return buffer.copy(chosen);
      return buffer.fill(chosen, (image, target, offset) => {
        images.read(image, unchanged, 0);
        writeChanged(unchanged, input, drawChange(draws, image, padding, flipAllowed), target, offset);
      });
    },
  };
}

/** All images of a set, or the chosen ones, in their order, batch by batch, unchanged: for evaluation. */
export function* eachBatch(
  images: PixelSet,
  input: NetworkInput,
  batchSize: number,
  chosen: Uint32Array = Uint32Array.from({ length: images.count }, (_, index) => index),
): Generator<Batch> {
  const buffer = createBatchBuffer(images, input, batchSize);
  for (let first = 0; first < chosen.length; first += batchSize) {
    yield buffer.copy(chosen.subarray(first, first + batchSize));
  }
}

type Write = (image: number, target: Uint8Array, offset: number) => void;

/** One batch's memory, allocated once. */
function createBatchBuffer(images: PixelSet, input: NetworkInput, batchSize: number) {
  const imageSize = input.height * input.width * input.channels;
  const batchImages = new Uint8Array(batchSize * imageSize);
  const batchLabels = new Int32Array(batchSize);
  const fill = (chosen: Uint32Array, write: Write): Batch => {
    for (const [position, image] of chosen.entries()) {
      batchLabels[position] = images.labels[image]!;
      write(image, batchImages, position * imageSize);
    }
    return {
      count: chosen.length,
      images: batchImages.subarray(0, chosen.length * imageSize),
      labels: batchLabels.subarray(0, chosen.length),
    };
  };
  return { fill, copy: (chosen: Uint32Array) => fill(chosen, images.read) };
}
