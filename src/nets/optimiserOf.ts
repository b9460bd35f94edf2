import { assertNever } from '../contract/errors.ts';
import type { TrainingRecipe } from '../contract/recipe.ts';
import type { OptimiserOptions } from '../engine/program.ts';

/** The optimiser that a recipe asks for, with the settings that it has a use for. */
export function optimiserOf(recipe: TrainingRecipe): OptimiserOptions {
  const { optimiser: kind, momentum, nesterov, beta1, beta2, epsilon } = recipe;
  switch (kind) {
    case 'sgd':
      return { kind, momentum, nesterov };
    case 'adamw':
      return { kind, beta1, beta2, epsilon };
    default:
      return assertNever(kind);
  }
}
