import * as v from 'valibot';
import type { DataReference } from '../../contract/data.ts';
import type { NetworkInput } from '../../contract/network.ts';
import { TrainingRecipe } from '../../contract/recipe.ts';
import { epochOrder } from '../../data/epochOrder.ts';
import { openDataSet } from '../../data/openDataSet.ts';
import { createPipeline } from '../../data/pipeline/pipeline.ts';
import type { PixelScale } from '../../engine/servingModel.ts';
import { normalNumbers } from '../../nets/random.ts';
import { normalisePixels } from './classifier.ts';

/** Images for a network, normalised. */
export interface ImageBatch {
  readonly count: number;
  /** [count, height, width, channels] */
  readonly images: Float32Array;
  /** [count] */
  readonly labels: Int32Array;
}

/** Images of a data set's part, drawn by the seed without replacement and not augmented; all where it has fewer. */
export async function drawImages(
  data: DataReference,
  scale: PixelScale,
  { count, seed, part }: { readonly count: number; readonly seed: number; readonly part: 'train' | 'test' },
): Promise<ImageBatch> {
  const dataSet = openDataSet(data);
  const { count: all } = dataSet[part];
  const images = epochOrder(seed, 1, all).slice(0, count);
  const plan = {
    purpose: 'evaluate',
    batchSize: images.length,
    seed: 0,
    images,
    recipe: v.parse(TrainingRecipe, {}),
  } as const;
  const pipeline = createPipeline({ reference: data, dataSet, part, plan, workers: 0 });
  const batch = await pipeline.at(1);
  return { count: batch.count, images: normalisePixels(batch.images, scale), labels: batch.labels.slice() };
}

/** As many images of normal numbers, mean 0 and standard deviation 1, as normalised ones have. */
export function normalImages(
  { height, width, channels }: NetworkInput,
  { count, seed }: { readonly count: number; readonly seed: number },
): Float32Array {
  const normal = normalNumbers(seed, 'images');
  return Float32Array.from({ length: count * height * width * channels }, normal);
}
