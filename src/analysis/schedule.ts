import { assertNever } from '../contract/errors.ts';
import type { TrainingRecipe } from '../contract/recipe.ts';
import type { RateChange } from '../contract/run.ts';

export interface ScheduleLength {
  /** ceil(images trained on / batch size): an epoch's last, smaller batch is trained on. */
  readonly stepsPerEpoch: number;
  /** epochs x stepsPerEpoch, or `maxSteps` where that is less. */
  readonly totalSteps: number;
}

/** How long a recipe trains on so many images: all training images but those that are held out (`trainedImages`). */
export function scheduleLength(
  recipe: Pick<TrainingRecipe, 'epochs' | 'batchSize' | 'maxSteps'>,
  trained: number,
): ScheduleLength {
  const stepsPerEpoch = Math.ceil(trained / recipe.batchSize);
  const wholeEpochs = recipe.epochs * stepsPerEpoch;
  return { stepsPerEpoch, totalSteps: Math.min(wholeEpochs, recipe.maxSteps ?? wholeEpochs) };
}

export type ScheduleRecipe = Pick<
  TrainingRecipe,
  'learningRate' | 'schedule' | 'milestones' | 'decayFactor' | 'warmupSteps' | 'warmup' | 'warmupRate'
>;

/**
 * The learning rate of a step; steps count from 1 to `totalSteps`.
 *
 * In the first w = `warmupSteps` steps:
 * - `constant`: `warmupRate` (He et al. 2015, section 4.2: 0.01 for 400 steps);
 * - `linear`: warmupRate + (learningRate - warmupRate) * step / w, so that step w has the full rate
 *   (Goyal et al. 2017, arXiv:1706.02677, section 2.2).
 *
 * After them:
 * - `constant`: learningRate;
 * - `step`: learningRate * decayFactor^k, where k milestones m have step > m * totalSteps
 *   (He et al. 2015, section 4.2: / 10 after 32k and 48k of 64k steps; warm-up does not move them);
 * - `cosine`: learningRate / 2 * (1 + cos(pi * t)), t = (step - w - 1) / (totalSteps - w): from the full rate in the
 *   first step to nearly 0 in the last (Loshchilov and Hutter 2017, arXiv:1608.03983, equation 5, one cycle).
 */
export function learningRateAt(recipe: ScheduleRecipe, step: number, totalSteps: number): number {
  const { learningRate, warmupSteps, warmupRate, warmup } = recipe;
  if (step > warmupSteps) return scheduledRate(recipe, step, totalSteps);
  if (warmup === 'constant') return warmupRate;
  return warmupRate + ((learningRate - warmupRate) * step) / warmupSteps;
}

/** The learning rate of a step where changes made by hand take the place of the recipe's from their first steps on. */
export function changedLearningRateAt(
  recipe: ScheduleRecipe,
  changes: readonly RateChange[],
  step: number,
  totalSteps: number,
): number {
  const change = changes.findLast(({ firstStep }) => firstStep <= step);
  return learningRateAt(change ? { ...recipe, learningRate: change.learningRate } : recipe, step, totalSteps);
}

function scheduledRate(recipe: ScheduleRecipe, step: number, totalSteps: number): number {
  const { schedule, learningRate, warmupSteps } = recipe;
  switch (schedule) {
    case 'constant':
      return learningRate;
    case 'step': {
      const passed = recipe.milestones.filter((milestone) => step > milestone * totalSteps).length;
      return learningRate * recipe.decayFactor ** passed;
    }
    case 'cosine':
      return (learningRate / 2) * (1 + Math.cos((Math.PI * (step - warmupSteps - 1)) / (totalSteps - warmupSteps)));
    default:
      return assertNever(schedule);
  }
}
