import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { STEP_SERIES } from '../../src/contract/frames.ts';
import type { TrainingRecipeInput } from '../../src/contract/recipe.ts';
import type { FromTrainer } from '../../src/contract/trainer.ts';
import { pausingAfter, resultOf } from './resuming.ts';
import { only, series, temporaryFolder, train, type TrainingOptions } from './training.fixture.ts';

/** Trains until it is paused, and goes on in a new session from the checkpoint. */
async function pausedAt(recipe: TrainingRecipeInput, step: number): Promise<FromTrainer[]> {
  const checkpointFolder = temporaryFolder();
  const first = await train(recipe, { checkpointFolder, ...pausingAfter(step, 'release') });
  const [ended] = only(first, 'ended');
  expect(ended).toMatchObject({ outcome: 'paused', step });
  const checkpoints = only(first, 'checkpoint').toReversed();
  const resume = {
    checkpoints: checkpoints.map(({ step: at, file, sha256 }) => ({ step: at, file, sha256 })),
    elapsedMs: 1000,
    isFork: false,
  };
  const second = await train(recipe, { checkpointFolder, resume });
  expect(only(second, 'resumed')).toMatchObject([{ step: ended!.step, text: '' }]);
  expect(only(second, 'ended')[0]!.elapsedMs).toBeGreaterThan(1000);
  return [...first, ...second];
}

/** 23 steps an epoch at batch size 64. */
const RECIPES: readonly (readonly [string, TrainingRecipeInput])[] = [
  ['momentum, augmented', { maxSteps: 30, augment: true }],
  ['AdamW with averaged weights', { maxSteps: 28, optimiser: 'adamw', learningRate: 0.001, weightAverage: 0.9 }],
  ['stochastic depth', { maxSteps: 26, stochasticDepth: 0.5 }],
  ['DropPath, Nesterov and label smoothing', { maxSteps: 26, dropPath: 0.3, nesterov: true, labelSmoothing: 0.1 }],
  [
    'micro-batches, warm-up, and a rate that falls',
    { maxSteps: 30, microBatches: 2, warmupSteps: 4, schedule: 'step' },
  ],
];

describe.each(RECIPES)('a run with %s', (_what, recipe) => {
  it.each([1, 23, 25])('that is paused after step %i goes on as if it never was, bit for bit', async (step) => {
    const straight = resultOf(await train(recipe));
    expect(resultOf(await pausedAt(recipe, step))).toEqual(straight);
  });
});

describe('a pause', () => {
  it('in memory goes on with the same numbers, and has left a checkpoint', async () => {
    const recipe = { maxSteps: 30, augment: true };
    const straight = resultOf(await train(recipe));
    const messages = await train(recipe, { ...pausingAfter(5, 'hold') });
    const [held] = only(messages, 'held');
    expect(held!.step).toBe(5);
    expect(only(messages, 'checkpoint')[0]!.step).toBe(5);
    expect(only(messages, 'continued')).toHaveLength(1);
    expect(resultOf(messages)).toEqual(straight);
  });

  it('before the first step ends without a checkpoint, and the run starts anew', async () => {
    const recipe = { maxSteps: 5 };
    const first = await train(recipe, { ...pausingAfter(0, 'release') });
    expect(only(first, 'ended')[0]).toMatchObject({ outcome: 'paused', step: 0 });
    const second = await train(recipe, { resume: { checkpoints: [], elapsedMs: 0, isFork: false } });
    expect(only(second, 'resumed')).toMatchObject([{ step: 0, text: '' }]);
    expect(resultOf(second)).toEqual(resultOf(await train(recipe)));
  });
});

describe('a fork', () => {
  it('does not begin anew where the checkpoint that it began from is damaged', async () => {
    const checkpoints = [{ step: 3, file: join(temporaryFolder(), 'gone.safetensors'), sha256: 'a'.repeat(64) }];
    const training = train({ maxSteps: 5 }, { resume: { checkpoints, elapsedMs: 0, isFork: true } });
    await expect(training).rejects.toThrow('none is whole');
  });
});

describe('another learning rate by hand', () => {
  it('holds from the next step on, and again when its steps are trained again', async () => {
    const recipe = { maxSteps: 12, schedule: 'constant', learningRate: 0.1 } as const;
    const checkpointFolder = temporaryFolder();
    const { answer, prepared } = pausingAfter(4, 'hold');
    const changing: TrainingOptions = {
      checkpointFolder,
      prepared: prepared!,
      answer: (message, send) => {
        if (message.type === 'held') send({ type: 'learningRate', learningRate: 0.02 });
        answer!(message, send);
      },
    };
    const changed = await train(recipe, changing);
    expect(only(changed, 'rateChanged')).toMatchObject([{ firstStep: 5, learningRate: 0.02 }]);
    const rates = series(changed, STEP_SERIES.indexOf('learningRate'));
    expect(rates).toEqual(Array.from({ length: 12 }, (_, at) => Math.fround(at < 4 ? 0.1 : 0.02)));

    const straight = await train(recipe, { rateChanges: [{ firstStep: 5, learningRate: 0.02 }] });
    expect(resultOf(changed)).toEqual(resultOf(straight));
    const checkpoints = only(changed, 'checkpoint')
      .filter(({ step }) => step === 4)
      .map(({ step, file, sha256 }) => ({ step, file, sha256 }));
    const again = await train(recipe, {
      resume: { checkpoints, elapsedMs: 0, isFork: false },
      rateChanges: [{ firstStep: 5, learningRate: 0.02 }],
    });
    expect(resultOf(again).state).toEqual(resultOf(straight).state);
  });
});

describe('a checkpoint', () => {
  it.each([
    ['altered', (bytes: Buffer) => bytes.fill(bytes.at(-1)! ^ 1, bytes.length - 1)],
    ['cut short', (bytes: Buffer) => bytes.subarray(0, -4)],
  ])('that was %s is named, and the one before it is used', async (_what, damage) => {
    const recipe = { maxSteps: 30 };
    const checkpointFolder = temporaryFolder();
    const straight = await train(recipe, { checkpointFolder, ...pausingAfter(8, 'hold') });
    const one = resultOf(straight);
    const [earlier, later] = only(straight, 'checkpoint');
    writeFileSync(later!.file, damage(readFileSync(later!.file)));
    const checkpoints = [later!, earlier!].map(({ step, file, sha256 }) => ({ step, file, sha256 }));
    const again = await train(recipe, { resume: { checkpoints, elapsedMs: 0, isFork: false } });
    const [resumed] = only(again, 'resumed');
    expect(resumed!.step).toBe(earlier!.step);
    expect(resumed!.text).toContain(later!.file);
    const other = resultOf(again);
    expect(other.steps).toEqual(one.steps.filter(([step]) => step > earlier!.step));
    expect(other.epochs).toEqual(one.epochs);
  });
});
