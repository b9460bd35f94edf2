import type { DataSetInfo } from '../../contract/data.ts';
import { mixesImages, type AugmentationRecipe } from '../augment/augmentation.ts';
import { mixBatch } from '../augment/mixing.ts';
import { createDraws, type Draws } from '../draws.ts';
import type { ImageSet } from '../dataSet.ts';
import { epochOrder } from '../epochOrder.ts';
import type { BatchMemory } from './batch.ts';
import { createPictureSource } from './pictureSource.ts';
import { createPixelSource } from './pixelSource.ts';

/** Which images are made into batches, and how; plain data, so that a worker can be told. */
export interface BatchPlan {
  /** `evaluate`: in their order and unchanged; `train`: in an epoch's order, changed as the recipe says. */
  readonly purpose: 'train' | 'evaluate';
  readonly batchSize: number;
  readonly seed: number;
  /** Those of the set that are used, by their places in it; null: all. */
  readonly images: Uint32Array | null;
  readonly recipe: AugmentationRecipe;
  /** Of pictures in an evaluation: the share of the shorter side that is seen; left out: 7/8. */
  readonly centreShare?: number;
}

/** Makes the batch of any step, on its own: step after step or not, the bytes are the same. */
export interface Filler {
  /** Of an epoch, or of an evaluation: ceil(images / batchSize); the last batch holds what is left. */
  readonly batches: number;
  /** Fills the memory with the batch of a step, counted from 1 over all epochs; gives the number of its images. */
  fill(step: number, memory: BatchMemory): Promise<number>;
}

/** Writes one image into a batch's memory at `offset`, changed by what is drawn for it or (null) not at all. */
export type ImageSource = (
  image: number,
  draws: Draws | null,
  target: Uint8Array,
  offset: number,
) => Promise<void> | undefined;

/** Pictures that are decoded side by side, since a decoder works outside of the thread that waits for it. */
const AT_ONCE = 2;

export function createFiller(images: ImageSet, info: DataSetInfo, plan: BatchPlan): Filler {
  const { purpose, batchSize, seed, recipe, images: chosen } = plan;
  const { input } = info;
  const count = chosen?.length ?? images.count;
  const batches = Math.ceil(count / batchSize);
  const size = input.height * input.width * input.channels;
  const source =
    images.storage === 'pixels' ? createPixelSource(images, info, recipe) : createPictureSource(images, info, plan);
  let epoch = -1;
  let order: Uint32Array = new Uint32Array();
  let draws: Draws | null = null;

  const turnTo = (newEpoch: number) => {
    if (newEpoch === epoch) return;
    epoch = newEpoch;
    draws = purpose === 'train' ? createDraws(seed, epoch) : null;
    order =
      purpose === 'train' ? epochOrder(seed, epoch, count) : Uint32Array.from({ length: count }, (_, index) => index);
    if (chosen) order = order.map((place) => chosen[place]!);
  };

  return {
    batches,
    fill: async (step, memory) => {
      turnTo(Math.ceil(step / batches));
      const first = ((step - 1) % batches) * batchSize;
      const own = order.subarray(first, first + batchSize);
      const waiting: Promise<void>[] = [];
      for (const [position, image] of own.entries()) {
        memory.labels[position] = images.labels[image]!;
        const working = source(image, draws, memory.images, position * size);
        if (working === undefined) continue;
        // It may fail while another one is waited for; whoever waits for it hears of it.
        working.catch(() => undefined);
        waiting.push(working);
        if (waiting.length === AT_ONCE) await waiting.shift();
      }
      await Promise.all(waiting);
      if (draws && mixesImages(recipe)) mixBatch(memory, own.length, input, recipe, draws.stream(step, 'mixing'));
      return own.length;
    },
  };
}
