import { constants, copyFileSync, mkdirSync } from 'node:fs';
import { basename, join } from 'node:path';
import * as v from 'valibot';
import { recipeChanges } from '../analysis/recipeChanges.ts';
import { scheduleLength } from '../analysis/schedule.ts';
import { trainedImages } from '../analysis/trainedImages.ts';
import { FORK_KEEPS, type ForkRequest } from '../contract/change.ts';
import type { DataSetInfo } from '../contract/data.ts';
import { UserError } from '../contract/errors.ts';
import { MAX_NAME_LENGTH } from '../contract/limits.ts';
import { TrainingRecipe } from '../contract/recipe.ts';
import type { CheckpointRow, RunDetail } from '../contract/run.ts';
import { readWithHash } from '../data/verifiedFile.ts';
import type { Fork } from '../store/fork.ts';
import { checkpointFolder } from './folders.ts';

/** A fork as the store records it. Throws a `UserError` where the checkpoint is not there or damaged, or a setting cannot change. */
export function planFork(request: ForkRequest, parent: RunDetail, data: DataSetInfo, databaseFile: string): Fork {
  const { run } = parent;
  const checkpoint = chosenCheckpoint(request, parent);
  const file = join(checkpointFolder(databaseFile, run.id), basename(checkpoint.file));
  requireWhole(file, checkpoint);
  const recipe = v.parse(TrainingRecipe, { ...run.recipe, ...present(request.recipe) });
  // A rate that was changed by hand before the checkpoint stays, unless the fork has its own.
  const change = run.rateChanges.findLast(({ firstStep }) => firstStep <= checkpoint.step);
  if (change && request.recipe.learningRate === undefined) recipe.learningRate = change.learningRate;
  const fixed = FORK_KEEPS.find((name) => JSON.stringify(recipe[name]) !== JSON.stringify(run.recipe[name]));
  if (fixed !== undefined) throw cannotChange(fixed);
  const { totalSteps, stepsPerEpoch } = scheduleLength(recipe, trainedImages(recipe, data));
  if (totalSteps <= checkpoint.step) throw nothingLeft(checkpoint.step, totalSteps);
  const name = request.name === undefined || request.name === '' ? `${run.name} fork` : request.name;
  return {
    parentId: run.id,
    step: checkpoint.step,
    changes: recipeChanges(run.recipe, recipe),
    run: {
      name: name.slice(0, MAX_NAME_LENGTH),
      network: run.network,
      input: run.input,
      data: run.data,
      recipe,
      totalSteps,
      stepsPerEpoch,
      parameters: run.parameters,
    },
    copyCheckpoint: (id) => {
      const folder = checkpointFolder(databaseFile, id);
      mkdirSync(folder, { recursive: true });
      const copy = join(folder, `attempt-0-step-${checkpoint.step}.safetensors`);
      copyFileSync(file, copy, constants.COPYFILE_FICLONE);
      return copy;
    },
  };
}

function present(changes: ForkRequest['recipe']): Partial<ForkRequest['recipe']> {
  return Object.fromEntries(Object.entries(changes).filter(([, value]) => value !== undefined));
}

function chosenCheckpoint({ id, step }: ForkRequest, { checkpoints }: RunDetail): CheckpointRow {
  const found = step === undefined ? checkpoints[0] : checkpoints.find((one) => one.step === step);
  if (found) return found;
  const steps = checkpoints.map((one) => one.step).join(', ');
  throw new UserError({
    code: 'not-found',
    message: step === undefined ? `Run ${id} has no checkpoint` : `Run ${id} has no checkpoint of step ${step}`,
    where: 'step',
    hint: steps === '' ? 'Start a new run with its settings instead' : `It has those of steps ${steps}`,
  });
}

function requireWhole(file: string, { step, sha256 }: CheckpointRow): void {
  readWithHash(
    file,
    sha256,
    (kind) =>
      new UserError({
        code: 'failed',
        message: `The checkpoint of step ${step} ${kind === 'unreadable' ? 'cannot be read' : 'is not what was written'}`,
        where: file,
        hint: 'Fork from another checkpoint of the run',
      }),
  );
}

function cannotChange(name: string): UserError {
  return new UserError({
    code: 'bad-input',
    message: `A fork keeps its parent's ${name}: its checkpoint is bound to it`,
    where: `recipe.${name}`,
    hint: 'Start a new run to change it',
  });
}

function nothingLeft(step: number, totalSteps: number): UserError {
  return new UserError({
    code: 'bad-input',
    message: `The fork would end at step ${totalSteps} and begins after step ${step}: nothing is left to train`,
    where: 'recipe.epochs',
    hint: 'Ask for more epochs, or fork from an earlier checkpoint',
  });
}
