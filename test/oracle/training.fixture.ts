import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { onTestFinished } from 'vitest';
import type { TrainingRecipeInput } from '../../src/contract/recipe.ts';
import type { FromTrainer } from '../../src/contract/trainer.ts';
import * as training from './training.ts';

export { confirm, digitsReference, lastStepOf, only, series, startMessage } from './training.ts';

/** As for training outside of a test, with a folder of the test's own where none is given. */
export type TrainingOptions = Partial<training.TrainingOptions>;

export function temporaryFolder(): string {
  const folder = mkdtempSync(join(tmpdir(), 'depthlab-trainer-'));
  onTestFinished(() => rmSync(folder, { recursive: true }));
  return folder;
}

export function train(recipe: TrainingRecipeInput, options: TrainingOptions = {}): Promise<FromTrainer[]> {
  return training.train(recipe, { checkpointFolder: temporaryFolder(), ...options });
}
