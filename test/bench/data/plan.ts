import * as v from 'valibot';
import { TrainingRecipe } from '../../../src/contract/recipe.ts';
import type { BatchPlan } from '../../../src/data/pipeline/filler.ts';

/** Crops and flips, nothing else. */
export function planOf(batchSize: number): BatchPlan {
  return { purpose: 'train', batchSize, seed: 1, images: null, recipe: v.parse(TrainingRecipe, { augment: true }) };
}
