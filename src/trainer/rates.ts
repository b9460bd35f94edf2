import { changedLearningRateAt, type ScheduleRecipe } from '../analysis/schedule.ts';
import type { RateChange } from '../contract/run.ts';

/** The learning rates of a run's steps. */
export interface Rates {
  /** Of a step; steps count from 1. */
  at(step: number): number;
  /** Has the schedule run from another learning rate from a step on; later changes made before no longer hold. */
  change(firstStep: number, learningRate: number): RateChange;
}

export function createRates(recipe: ScheduleRecipe, earlier: readonly RateChange[], totalSteps: number): Rates {
  let changes = [...earlier];
  return {
    at: (step) => changedLearningRateAt(recipe, changes, step, totalSteps),
    change(firstStep, learningRate) {
      const change = { firstStep, learningRate };
      changes = [...changes.filter((one) => one.firstStep < firstStep), change];
      return change;
    },
  };
}
