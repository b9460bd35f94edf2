import * as v from 'valibot';
import { MAX_NAME_LENGTH } from './limits.ts';
import { TrainingRecipe } from './recipe.ts';
import { Id } from './run.ts';

const { epochs, learningRate } = TrainingRecipe.entries;

/** More epochs for a run: their number in all, not how many more. */
export const Extension = v.strictObject({ id: Id, epochs: epochs.wrapped });
export type Extension = v.InferOutput<typeof Extension>;

/** Another learning rate from the next step on; the schedule goes on from it. */
export const LearningRateChange = v.strictObject({ id: Id, learningRate: learningRate.wrapped });
export type LearningRateChange = v.InferOutput<typeof LearningRateChange>;

/** A new run that goes on from another one's checkpoint with other settings. */
export const ForkRequest = v.strictObject({
  id: Id,
  /** The checkpoint's; left out: the newest. */
  step: v.optional(v.pipe(v.number(), v.safeInteger(), v.minValue(1))),
  name: v.optional(v.pipe(v.string(), v.trim(), v.maxLength(MAX_NAME_LENGTH, 'A name has at most 200 characters'))),
  /** What is to differ from the parent's recipe. */
  recipe: v.optional(v.partial(TrainingRecipe), {}),
});
export type ForkRequest = v.InferOutput<typeof ForkRequest>;

/** Settings that a checkpoint is bound to: the layout of its state, and which images and batches make an epoch. */
export const FORK_KEEPS = ['batchSize', 'optimiser', 'weightAverage', 'validationShare', 'validationSeed'] as const;
