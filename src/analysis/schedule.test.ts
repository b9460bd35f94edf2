import fc from 'fast-check';
import * as v from 'valibot';
import { describe, expect, it } from 'vitest';
import { TrainingRecipe, type TrainingRecipeInput } from '../contract/recipe.ts';
import { learningRateAt, scheduleLength } from './schedule.ts';

const recipe = (input: TrainingRecipeInput) => v.parse(TrainingRecipe, input);

describe('scheduleLength', () => {
  it('counts the last smaller batch as a step', () => {
    expect(scheduleLength(recipe({}), 1437)).toEqual({ stepsPerEpoch: 23, totalSteps: 115 });
    expect(scheduleLength(recipe({ batchSize: 4096 }), 1437)).toEqual({ stepsPerEpoch: 1, totalSteps: 5 });
  });

  it('ends at the step limit, which lengthens nothing', () => {
    expect(scheduleLength(recipe({ maxSteps: 30 }), 1437).totalSteps).toBe(30);
    expect(scheduleLength(recipe({ maxSteps: 1000 }), 1437).totalSteps).toBe(115);
  });
});

describe('learningRateAt', () => {
  it('is the published CIFAR schedule', () => {
    const published = recipe({
      schedule: 'step',
      warmup: 'constant',
      warmupRate: 0.01,
      warmupSteps: 400,
    });
    const at = (step: number) => learningRateAt(published, step, 64_000);
    expect([1, 400, 401, 32_000].map(at)).toEqual([0.01, 0.01, 0.1, 0.1]);
    expect(at(32_001)).toBeCloseTo(0.01, 12);
    expect(at(48_000)).toBeCloseTo(0.01, 12);
    expect(at(48_001)).toBeCloseTo(0.001, 12);
    expect(at(64_000)).toBeCloseTo(0.001, 12);
  });

  it('rises linearly to the full rate at the last warm-up step', () => {
    const warm = recipe({ schedule: 'constant', warmupSteps: 4, learningRate: 0.8 });
    expect([1, 2, 3, 4, 5].map((step) => learningRateAt(warm, step, 10))).toEqual([
      0.2, 0.4, 0.6000000000000001, 0.8, 0.8,
    ]);
  });

  it('falls as a cosine from the full rate', () => {
    const cosine = recipe({ learningRate: 1 });
    expect(learningRateAt(cosine, 1, 100)).toBe(1);
    expect(learningRateAt(cosine, 51, 100)).toBeCloseTo(0.5, 12);
    expect(learningRateAt(cosine, 100, 100)).toBeGreaterThan(0);
    expect(learningRateAt(cosine, 100, 100)).toBeLessThan(0.001);
  });

  it('is finite and never above the larger of the two rates, and falls after the warm-up', () => {
    const recipes = fc.record({
      learningRate: fc.double({ min: 1e-6, max: 100, noNaN: true }),
      schedule: fc.constantFrom('step', 'cosine', 'constant'),
      warmup: fc.constantFrom('linear', 'constant'),
      warmupRate: fc.double({ min: 0, max: 100, noNaN: true }),
      warmupSteps: fc.nat(300),
    });
    fc.assert(
      fc.property(recipes, fc.integer({ min: 1, max: 200 }), (input, totalSteps) => {
        const parsed = recipe(input);
        const rates = Array.from({ length: totalSteps }, (_, index) => learningRateAt(parsed, index + 1, totalSteps));
        const largest = Math.max(parsed.learningRate, parsed.warmupRate);
        expect(rates.every((rate) => Number.isFinite(rate) && rate >= 0 && rate <= largest * (1 + 1e-12))).toBe(true);
        const after = rates.slice(parsed.warmupSteps);
        expect(after.every((rate, index) => index === 0 || rate <= after[index - 1]!)).toBe(true);
      }),
    );
  });
});
