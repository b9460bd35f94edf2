import { parse } from 'valibot';
import { TrainingRecipe, type TrainingRecipeInput } from '../contract/recipe.ts';
import type { RunRow } from '../contract/run.ts';

/** A finished run with the settings that a test cares about. */
export function runRow(change: Partial<Omit<RunRow, 'recipe'>> & { recipe?: TrainingRecipeInput } = {}): RunRow {
  return {
    id: 1,
    name: 'resnet_v2_110',
    studyId: null,
    parent: null,
    state: 'finished',
    reason: '',
    isHeld: false,
    queuePosition: null,
    rateChanges: [],
    network: { version: 'v2', depth: 110, block: 'basic' },
    input: { height: 8, width: 8, channels: 1, classes: 10 },
    data: 'digits',
    createdAt: 1_700_000_000_000,
    startedAt: 1_700_000_000_000,
    endedAt: 1_700_000_060_000,
    elapsedMs: 60_000,
    lastStep: 110,
    totalSteps: 110,
    stepsPerEpoch: 22,
    parameters: 1_730_522,
    trainLoss: 0.01,
    trainAccuracy: 0.999,
    validationLoss: 0.06,
    validationAccuracy: 0.97,
    bestValidationAccuracy: 0.975,
    testLoss: 0.05,
    testAccuracy: 0.98,
    bestTestAccuracy: 0.985,
    imagesPerSecond: 500,
    firstStepMs: 900,
    stepMs: 100,
    peakMemoryBytes: 400_000_000,
    notes: '',
    tags: [],
    deletedAt: null,
    ...change,
    recipe: parse(TrainingRecipe, change.recipe ?? {}),
  };
}
