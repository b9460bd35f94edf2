import { parse } from 'valibot';
import type { ObservedLayers } from '../contract/flow.ts';
import type { RunHealth } from '../contract/health.ts';
import { STEP_SERIES, type StepFrame } from '../contract/frames.ts';
import { TrainingRecipe, type TrainingRecipeInput } from '../contract/recipe.ts';
import type { NewRun } from './runInserter.ts';
import type { Store } from './store.ts';

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
export function runningRun(
  store: Store,
  layers: readonly string[] = ['stem', 'head'],
  observedLayers?: ObservedLayers,
) {
  const { id } = store.runs.create(newRun());
  const attempt = store.runs.startAttempt(id);
  store.runs.markReady(id, attempt, {
    layers,
    observedLayers,
    parameters: 77_754,
    totalSteps: 110,
    stepsPerEpoch: 22,
    environment: [{ name: 'device', value: 'CPU' }],
  });
  return { id, attempt };
}

/** A verdict on a run in which no rule ever held. */
export function healthy(change: Partial<RunHealth> & Pick<RunHealth, 'runId' | 'lastStep'>): RunHealth {
  return { verdict: 'healthy', sentence: 'None of the rules held', findings: [], checks: [], ...change };
}

export const OBSERVED_LAYERS: ObservedLayers = {
  relu: ['stem.relu', 'stage1.unit1.relu1', 'head.relu'],
  batchNorm: ['stem.bn'],
};
/** Of an observation: two norms of two tensors, four statistics of three ReLUs, two of one batch norm. */
const OBSERVATION_WIDTH = 2 * 2 + 4 * 3 + 2;

/** The value that `observedFrame` puts at a step and a place of the observation. */
export function observedValue(step: number, place: number): number {
  return Math.fround(step + place / 32);
}

/** A frame whose steps that divide by `every` are observed. */
export function observedFrame(firstStep: number, count: number, every: number, value = observedValue): StepFrame {
  const all = Float64Array.from({ length: count }, (_, index) => firstStep + index);
  const steps = all.filter((step) => step % every === 0);
  const values = Float32Array.from({ length: steps.length * OBSERVATION_WIDTH }, (_, index) =>
    value(steps[Math.floor(index / OBSERVATION_WIDTH)]!, index % OBSERVATION_WIDTH),
  );
  return { ...frame(firstStep, count), ...(steps.length > 0 && { observations: { steps, values } }) };
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
