import * as v from 'valibot';
import { TrainingRecipe } from '../../contract/recipe.ts';
import type { TaskRequest, TaskResult } from '../../contract/task.ts';
import { requirePossible } from '../../data/augment/augmentation.ts';
import { openDataSet } from '../../data/openDataSet.ts';
import { createPipeline } from '../../data/pipeline/pipeline.ts';

const BRIGHTEST = 255;

/** Training images at equal distances, since a set may be sorted by class; pixels brought to 0 ... 255. */
export async function sampleData({
  data,
  count,
  recipe,
}: TaskRequest<'sampleData'>): Promise<TaskResult<'sampleData'>> {
  const { input, maxPixel } = data.info;
  if (recipe) requirePossible(recipe, data.info);
  const dataSet = openDataSet(data);
  const { count: all } = dataSet.train;
  const taken = Math.min(count, all);
  const images = Uint32Array.from({ length: taken }, (_, place) => Math.floor((place * all) / taken));
  const pipeline = createPipeline({
    reference: data,
    dataSet,
    part: 'train',
    plan: {
      purpose: recipe ? 'train' : 'evaluate',
      batchSize: taken,
      seed: recipe?.seed ?? 0,
      images,
      recipe: recipe ?? v.parse(TrainingRecipe, {}),
    },
    workers: 0,
  });
  const batch = await pipeline.at(1);
  const pixels = batch.images.map((pixel) => Math.round((pixel * BRIGHTEST) / maxPixel));
  return { input, images: pixels, labels: [...batch.labels] };
}
