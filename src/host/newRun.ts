import { scheduleLength } from '../analysis/schedule.ts';
import { trainedImages } from '../analysis/trainedImages.ts';
import type { DataSetInfo } from '../contract/data.ts';
import { UserError } from '../contract/errors.ts';
import { networkName } from '../contract/network.ts';
import type { RunRequest } from '../contract/run.ts';
import { MAX_NAME_LENGTH } from '../contract/limits.ts';
import { MAX_STUDY_RUNS, type StudyRecord, type StudyRequest } from '../contract/study.ts';
import type { NewRun } from '../store/runInserter.ts';
import { summariseRequest } from './describeNetwork.ts';
import { trainingDevice } from './device.ts';
import { memoryRoom, requireRoom } from './memoryRoom.ts';
import { missingPlaces, type GridPlace } from '../analysis/studyGrid.ts';

/** The contract's limit of a seed. */
const MAX_SEED = 2 ** 31 - 1;

/** A run as the store records it: the network decided, its size counted, its steps planned. */
export function newRun(request: RunRequest, data: DataSetInfo): NewRun {
  const { network, recipe } = request;
  const name = named(request.name) ?? `${networkName(network)} seed ${recipe.seed}`;
  return plan({ network, recipe }, data, name, 'network.depth');
}

/** A study with all its runs. V1 and V2 share their seeds. */
export function newStudy(
  request: StudyRequest,
  data: DataSetInfo,
): { name: string; request: StudyRecord; runs: NewRun[] } {
  const versions = [...new Set(request.versions)];
  const depths = [...new Set(request.depths)];
  const record = { ...request, versions, depths, series: [] };
  const count = versions.length * depths.length * request.seeds;
  if (count > MAX_STUDY_RUNS) throw tooManyRuns(count);
  const versionNames = versions.map((version) => version.toUpperCase()).join(' and ');
  const name = named(request.name) ?? `${versionNames} at ${depths.join(', ')} layers on ${data.name}`;
  return { name, request: record, runs: studyRuns(missingPlaces(record, []), data) };
}

/** Runs of a study that has `present` others, as the store records them: each network is planned once for all its seeds. */
export function studyRuns(places: readonly GridPlace[], data: DataSetInfo, present = 0): NewRun[] {
  if (places.length + present > MAX_STUDY_RUNS) throw tooManyRuns(places.length + present);
  const lastSeed = places.reduce((last, { recipe }) => Math.max(last, recipe.seed), 0);
  if (lastSeed > MAX_SEED) {
    throw new UserError({
      code: 'bad-input',
      message: `The seeds count up to ${lastSeed}, past the largest one, ${MAX_SEED}`,
      where: 'recipe.seed',
      hint: 'Start from a smaller seed',
    });
  }
  const key = ({ series, network }: GridPlace) => `${series} ${network.depth}`;
  const distinct = new Map(places.map((place) => [key(place), place]));
  const planned = new Map(
    [...distinct].map(([id, { network, recipe }]) => [
      id,
      plan({ network, recipe }, data, networkName(network), 'depths'),
    ]),
  );
  return places.map((place) => {
    const run = planned.get(key(place))!;
    return { ...run, name: `${run.name} seed ${place.recipe.seed}`, recipe: place.recipe };
  });
}

function tooManyRuns(count: number): UserError {
  return new UserError({
    code: 'bad-input',
    message: `The study would have ${count} runs; at most ${MAX_STUDY_RUNS} start at once`,
    where: 'seeds',
    hint: 'Ask for fewer seeds or depths',
  });
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
