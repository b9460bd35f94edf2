import { parse } from 'valibot';
import { TrainingRecipe, type TrainingRecipeInput } from '../../contract/recipe.ts';
import { runRow } from '../runRow.fixture.ts';
import type { HealthSteps } from './judge.ts';
import type { HealthSubject } from './rule.ts';

/** Ten convolutions in five units, and the dense layer: a tenth of the convolutions is one. */
export const LAYERS = [
  ...Array.from({ length: 5 }, (_, unit) => [1, 2].map((conv) => `stage1.unit${unit + 1}.conv${conv}.weight`)).flat(),
  'head.dense.weight',
];

export function subject(change: { recipe?: TrainingRecipeInput; layers?: readonly string[] } = {}): HealthSubject {
  return {
    layers: change.layers ?? LAYERS,
    relus: [],
    network: runRow().network,
    recipe: parse(TrainingRecipe, change.recipe ?? {}),
    classes: 10,
    stepsPerEpoch: 21,
    totalSteps: 105,
  };
}

export interface StepValues {
  readonly loss?: number;
  readonly accuracy?: number;
  readonly gradientNorm?: number;
  /** One for each of `LAYERS`. */
  readonly norms?: readonly number[];
}

/** Steps that are well, but for what is given of each. */
export function steps(values: readonly StepValues[], firstStep = 1): HealthSteps {
  const column = (read: (value: StepValues) => number) => Float32Array.from(values, read);
  return {
    firstStep,
    loss: column(({ loss = 0.5 }) => loss),
    accuracy: column(({ accuracy = 0.9 }) => accuracy),
    gradientNorm: column(({ gradientNorm = 1 }) => gradientNorm),
    norms: Float32Array.from(values.flatMap(({ norms = LAYERS.map(() => 0.1) }) => [...norms])),
  };
}
