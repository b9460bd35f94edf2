import { parse } from 'valibot';
import { expect, it } from 'vitest';
import { learningRateAt } from '../analysis/schedule.ts';
import { TrainingRecipe } from '../contract/recipe.ts';
import { createRates } from './rates.ts';

it('a change by hand has the schedule run from another rate, and ends those that were to come', () => {
  const recipe = parse(TrainingRecipe, { learningRate: 0.1, schedule: 'cosine' });
  const rates = createRates(recipe, [{ firstStep: 5, learningRate: 0.4 }], 10);
  const scheduled = (learningRate: number, step: number) => learningRateAt({ ...recipe, learningRate }, step, 10);
  expect([4, 5, 10].map((step) => rates.at(step))).toEqual([scheduled(0.1, 4), scheduled(0.4, 5), scheduled(0.4, 10)]);
  expect(rates.change(3, 0.2)).toEqual({ firstStep: 3, learningRate: 0.2 });
  expect([2, 3, 9].map((step) => rates.at(step))).toEqual([scheduled(0.1, 2), scheduled(0.2, 3), scheduled(0.2, 9)]);
});
