import type { NetworkInput } from '../contract/network.ts';
import { cropPadding, drawChange, writeChanged } from './augmentation.ts';
import { createDraws, type Draws } from './draws.ts';
import type { ImageSet } from './dataSet.ts';
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
}

/**
 * The training images, each once an epoch, in an order and with changes that follow from (seed, epoch).
 * An epoch's last batch holds what is left, so an epoch has ceil(images / batchSize) steps.
 */
export function createTrainingBatches(images: ImageSet, options: BatchOptions): TrainingBatches {
  const { input, batchSize, seed, augment, flipAllowed } = options;
  const stepsPerEpoch = Math.ceil(images.count / batchSize);
  const padding = cropPadding(input);
  const buffer = createBatchBuffer(images, input, batchSize);
  let epoch = 0;
  let order: Uint32Array = new Uint32Array();
  let draws: Draws = createDraws(seed, epoch);
  return {
    at: (step) => {
      const stepEpoch = Math.ceil(step / stepsPerEpoch);
      if (stepEpoch !== epoch) {
        epoch = stepEpoch;
        order = epochOrder(seed, epoch, images.count);
        draws = createDraws(seed, epoch);
      }
      const first = ((step - 1) % stepsPerEpoch) * batchSize;
      const chosen = order.subarray(first, first + batchSize);
      if (!augment) return buffer.copy(chosen);
      return buffer.fill(chosen, (image, source, target, offset) => {
        writeChanged(source, input, drawChange(draws, image, padding, flipAllowed), target, offset);
      });
    },
  };
}

/** All images of a set in their order, batch by batch, unchanged: for evaluation. */
export function* eachBatch(images: ImageSet, input: NetworkInput, batchSize: number): Generator<Batch> {
  const imageSize = input.height * input.width * input.channels;
  for (let first = 0; first < images.count; first += batchSize) {
    const end = Math.min(first + batchSize, images.count);
    yield {
      count: end - first,
      images: images.images.subarray(first * imageSize, end * imageSize),
      labels: images.labels.subarray(first, end),
    };
  }
}

type Write = (image: number, source: Uint8Array, target: Uint8Array, offset: number) => void;

/** One batch's memory, allocated once. */
function createBatchBuffer({ images, labels }: ImageSet, input: NetworkInput, batchSize: number) {
  const imageSize = input.height * input.width * input.channels;
  const batchImages = new Uint8Array(batchSize * imageSize);
  const batchLabels = new Int32Array(batchSize);
  const fill = (chosen: Uint32Array, write: Write): Batch => {
    for (const [position, image] of chosen.entries()) {
      batchLabels[position] = labels[image]!;
      write(image, images.subarray(image * imageSize, (image + 1) * imageSize), batchImages, position * imageSize);
    }
    return {
      count: chosen.length,
      images: batchImages.subarray(0, chosen.length * imageSize),
      labels: batchLabels.subarray(0, chosen.length),
    };
  };
  return {
    fill,
    copy: (chosen: Uint32Array) => fill(chosen, (_image, source, target, offset) => target.set(source, offset)),
  };
}
