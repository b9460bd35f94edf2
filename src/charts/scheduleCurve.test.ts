import { expect, it } from 'vitest';
import { parse } from 'valibot';
import { TrainingRecipe, type TrainingRecipeInput } from '../contract/recipe.ts';
import { scheduleCurve, scheduleSteps } from './scheduleCurve.ts';
import { chartTheme } from './theme.ts';

const recipe = (change: TrainingRecipeInput) => parse(TrainingRecipe, change);

it('shows both sides of every jump of a step schedule', () => {
  const steps = Array.from(scheduleSteps(recipe({ schedule: 'step', warmupSteps: 400 }), 64_000));
  for (const step of [1, 400, 401, 32_000, 32_001, 48_000, 48_001, 64_000]) expect(steps).toContain(step);
  expect(steps).toEqual([...steps].sort((one, other) => one - other));
});

it('keeps to the steps of a short run', () => {
  expect(Array.from(scheduleSteps(recipe({ warmupSteps: 100 }), 3))).toEqual([1, 2, 3]);
  expect(Array.from(scheduleSteps(recipe({}), 1))).toEqual([1]);
});

it('says the rate of the step and its epoch', () => {
  const length = { totalSteps: 100, stepsPerEpoch: 20 };
  const chart = scheduleCurve({ recipe: recipe({ schedule: 'step' }), length, theme: chartTheme(() => '') });
  expect(chart.readout(50.9)).toMatchObject({ title: 'Step 51, epoch 3', rows: [{ value: '0.01000' }] });
  expect(chart.home.y.min).toBe(0);
});
