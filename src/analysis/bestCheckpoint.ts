import type { TrainingRecipe } from '../contract/recipe.ts';
import type { CheckpointRow, EpochRow } from '../contract/run.ts';
import { epochEvaluation } from './epochEvaluation.ts';

/**
 * Of a run's checkpoints the one of the epoch with the best validation accuracy or, where nothing is held out, the best test
 * accuracy; the newest of several. One that is of no epoch's end comes after all others. Undefined where there is none.
 */
export function bestCheckpoint(
  recipe: Pick<TrainingRecipe, 'validationShare'>,
  epochs: readonly EpochRow[],
  checkpoints: readonly CheckpointRow[],
): CheckpointRow | undefined {
  const { accuracy } = epochEvaluation(recipe);
  const accuracies = new Map(epochs.map((epoch) => [epoch.step, epoch[accuracy]]));
  const worth = ({ step }: CheckpointRow) => accuracies.get(step) ?? -1;
  return checkpoints.toSorted((one, other) => worth(other) - worth(one) || other.step - one.step)[0];
}
