import { parse } from 'valibot';
import { STEP_SERIES, type StepFrame } from '../contract/frames.ts';
import { TrainingRecipe, type TrainingRecipeInput } from '../contract/recipe.ts';
import type { NewRun, Store } from './store.ts';

export function newRun(change: Partial<Omit<NewRun, 'recipe'>> & { recipe?: TrainingRecipeInput } = {}): NewRun {
  return {
    name: 'resnet_v2_8',
    network: { version: 'v2', depth: 8, block: 'basic' },
    input: { height: 8, width: 8, channels: 1, classes: 10 },
    data: 'digits',
    totalSteps: 110,
    stepsPerEpoch: 22,
    parameters: 77_754,
    ...change,
    recipe: parse(TrainingRecipe, change.recipe ?? {}),
  };
}

/** A run that is training, with its attempt number. */
export function runningRun(store: Store, layers: readonly string[] = ['stem', 'head']) {
  const { id } = store.runs.create(newRun());
  const attempt = store.runs.startAttempt(id);
  store.runs.markReady(id, attempt, {
    layers,
    parameters: 77_754,
    totalSteps: 110,
    stepsPerEpoch: 22,
    environment: [{ name: 'device', value: 'CPU' }],
  });
  return { id, attempt };
}

/** The value that `frame` puts at a step and column; differs for all of them. */
export function seriesValue(step: number, column: number): number {
  return Math.fround(step + column / 8);
}

export function normValue(step: number, layer: number): number {
  return Math.fround(step * 1.5 + layer / 4);
}

export function frame(firstStep: number, count: number, layers = 2): StepFrame {
  const width = STEP_SERIES.length;
  return {
    firstStep,
    count,
    series: Float32Array.from({ length: count * width }, (_, index) =>
      seriesValue(firstStep + Math.floor(index / width), index % width),
    ),
    norms: Float32Array.from({ length: count * layers }, (_, index) =>
      normValue(firstStep + Math.floor(index / layers), index % layers),
    ),
  };
}
