import type { TrainingRecipe } from '../contract/recipe.ts';

/** What one recipe has that another has not, as `learningRate 0.1 to 0.01, augment false to true`; empty where they are the same. */
export function recipeChanges(before: TrainingRecipe, after: TrainingRecipe): string {
  return (Object.keys(after) as (keyof TrainingRecipe)[])
    .filter((name) => JSON.stringify(before[name]) !== JSON.stringify(after[name]))
    .map((name) => `${name} ${shown(before[name])} to ${shown(after[name])}`)
    .join(', ');
}

function shown(value: TrainingRecipe[keyof TrainingRecipe]): string {
  return value === null ? 'none' : String(value);
}
