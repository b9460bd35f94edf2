import { scheduleLength } from '../analysis/schedule.ts';
import { trainedImages } from '../analysis/trainedImages.ts';
import type { DataSetInfo } from '../contract/data.ts';
import { UserError } from '../contract/errors.ts';
import { choicesOf, networkName } from '../contract/network.ts';
import type { RunRequest } from '../contract/run.ts';
import { MAX_NAME_LENGTH } from '../contract/limits.ts';
import { MAX_STUDY_RUNS, type StudyRequest } from '../contract/study.ts';
import type { NewRun } from '../store/store.ts';
import { summariseRequest } from './describeNetwork.ts';
import { trainingDevice } from './device.ts';
import { memoryRoom, requireRoom } from './memoryRoom.ts';

/** The contract's limit of a seed. */
const MAX_SEED = 2 ** 31 - 1;

/** A run as the store records it: the network decided, its size counted, its steps planned. */
export function newRun(request: RunRequest, data: DataSetInfo): NewRun {
  const { network, recipe } = request;
  const name = named(request.name) ?? `${networkName(network)} seed ${recipe.seed}`;
  return plan({ network, recipe }, data, name, 'network.depth');
}

/**
 * A study with its runs, seed by seed: the first seed's comparison is whole before the second one starts.
 * V1 and V2 share their seeds.
 */
export function newStudy(
  request: StudyRequest,
  data: DataSetInfo,
): { name: string; request: StudyRequest; runs: NewRun[] } {
  const versions = [...new Set(request.versions)];
  const depths = [...new Set(request.depths)];
  const count = versions.length * depths.length * request.seeds;
  if (count > MAX_STUDY_RUNS) {
    throw new UserError({
      code: 'bad-input',
      message: `The study would have ${count} runs; at most ${MAX_STUDY_RUNS} start at once`,
      where: 'seeds',
      hint: 'Ask for fewer seeds or depths',
    });
  }
  const { recipe } = request;
  const choices = choicesOf(request);
  if (recipe.seed + request.seeds - 1 > MAX_SEED) {
    throw new UserError({
      code: 'bad-input',
      message: `The seeds count up from ${recipe.seed} past the largest one, ${MAX_SEED}`,
      where: 'recipe.seed',
      hint: 'Start from a smaller seed',
    });
  }
  const grid = versions.flatMap((version) => depths.map((depth) => ({ version, depth, ...choices })));
  const first = grid
    .toSorted((left, right) => left.depth - right.depth)
    .map((network) => plan({ network, recipe }, data, networkName(network), 'depths'));
  const seeds = Array.from({ length: request.seeds }, (_, index) => recipe.seed + index);
  const runs = seeds.flatMap((seed) =>
    first.map((run) => ({ ...run, name: `${run.name} seed ${seed}`, recipe: { ...recipe, seed } })),
  );
  const versionNames = versions.map((version) => version.toUpperCase()).join(' and ');
  const name = named(request.name) ?? `${versionNames} at ${depths.join(', ')} layers on ${data.name}`;
  return { name, request: { ...request, versions, depths }, runs };
}

/** A name of spaces only is none. */
function named(name: string | undefined): string | null {
  return name === undefined || name === '' ? null : name;
}

/** A trial of a search, by the name of what it chooses. */
export function newTrial(request: Pick<RunRequest, 'network' | 'recipe'>, data: DataSetInfo, name: string): NewRun {
  return plan(request, data, name.slice(0, MAX_NAME_LENGTH), 'space');
}

function plan(
  { network, recipe }: Pick<RunRequest, 'network' | 'recipe'>,
  dataSet: DataSetInfo,
  name: string,
  depthField: string,
): NewRun {
  if (recipe.xla && !trainingDevice().startsWith('GPU')) throw noXla();
  const { name: data, input } = dataSet;
  if (recipe.validationShare > 0 && dataSet.trainImages < 2) throw nothingToHoldOut(data);
  const summary = summariseRequest(network, input, recipe, depthField);
  requireRoom(summary.estimatedMemoryBytes, memoryRoom());
  const { totalSteps, stepsPerEpoch } = scheduleLength(recipe, trainedImages(recipe, dataSet));
  return {
    name,
    network: summary.network,
    input,
    data,
    recipe,
    totalSteps,
    stepsPerEpoch,
    parameters: summary.parameters,
  };
}

function nothingToHoldOut(data: string): UserError {
  return new UserError({
    code: 'bad-input',
    message: `The data set "${data}" has one training image: none can be held out`,
    where: 'recipe.validationShare',
    hint: 'Set the validation share to 0',
  });
}

function noXla(): UserError {
  return new UserError({
    code: 'bad-input',
    message: `XLA is for a GPU, and this machine trains on its ${trainingDevice()}, where it would halve the speed`,
    where: 'recipe.xla',
    hint: 'Leave XLA off',
  });
}
