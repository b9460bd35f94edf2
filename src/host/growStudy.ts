import { isDeepStrictEqual } from 'node:util';
import * as v from 'valibot';
import { grownGrid, missingPlaces } from '../analysis/studyGrid.ts';
import { seriesLabel, seriesOf } from '../analysis/studySeries.ts';
import { outlineOf } from '../contract/architecture.ts';
import type { DataSetInfo } from '../contract/data.ts';
import { UserError } from '../contract/errors.ts';
import { choicesOf } from '../contract/network.ts';
import { TrainingRecipe } from '../contract/recipe.ts';
import type { RunRow } from '../contract/run.ts';
import { FURTHER_SERIES, type FurtherSeries, type SeriesAddition } from '../contract/series.ts';
import type { StudyGrowth, StudyRecord, StudyRow } from '../contract/study.ts';
import { decideNetwork } from '../nets/plans.ts';
import type { NewRun } from '../store/runInserter.ts';
import { studyRuns } from './newRun.ts';

/**
 * What a study is asked for after its growth, and the runs that it lacks then: those of the grid that it has in no state.
 * One that failed is there. Throws a `UserError` where nothing would be new.
 */
export function grownStudy(
  study: StudyRow,
  growth: StudyGrowth,
  runs: readonly RunRow[],
  data: DataSetInfo,
): { request: StudyRecord; runs: NewRun[] } {
  const { request } = study;
  if (request.search !== undefined) throw isSearch(study.id);
  if (growth.seeds !== undefined && growth.seeds < request.seeds) throw fewerSeeds(request.seeds, growth.seeds);
  const added = growth.series === undefined ? [] : [furtherSeries(growth.series, request, data)];
  const grown: StudyRecord = {
    ...request,
    ...grownGrid(request, growth),
    series: [...request.series, ...added],
  };
  const missing = missingPlaces(grown, runs);
  if (missing.length === 0) throw nothingMissing(study.id);
  return { request: grown, runs: studyRuns(missing, data, runs.length) };
}

/** The series as it is kept: what is as in the papers left out, the recipe whole. */
function furtherSeries(addition: SeriesAddition, request: StudyRecord, data: DataSetInfo): FurtherSeries {
  const { label, version, architecture } = addition;
  if (request.series.length === FURTHER_SERIES.length) throw tooMany();
  const names = ['v1', 'v2', ...request.series.map((one) => one.label.toLowerCase())];
  if (names.includes(label.toLowerCase())) throw labelTaken(label);
  const changes = Object.entries(addition.recipe).filter(([, value]) => value !== undefined);
  const { seed } = request.recipe;
  const recipe = v.parse(TrainingRecipe, { ...request.recipe, ...Object.fromEntries(changes), seed });
  if (architecture !== undefined) {
    return { label, version: outlineOf(architecture).version, architecture, recipe };
  }
  const depth = request.depths[0]!;
  const asked = choicesOf(addition);
  const network = decideNetwork({ version, depth, ...asked }, data.input);
  const { se, shortcut, activation, activationBeforeSplit } = network;
  const series: FurtherSeries = {
    label,
    version,
    ...choicesOf({ block: asked.block, family: asked.family, se, shortcut, activation, activationBeforeSplit }),
    recipe,
  };
  const same = sameSeries({ network, recipe }, request, data);
  if (same !== null) throw notAnother(label, same);
  return series;
}

/** The label of the series that has these networks and this recipe already; null where none has. */
function sameSeries(run: Pick<RunRow, 'network' | 'recipe'>, request: StudyRecord, data: DataSetInfo): string | null {
  const series = seriesOf(run, request.series);
  if (series !== run.network.version) return seriesLabel(series, request.series);
  const { version, depth } = run.network;
  const base = decideNetwork({ version, depth, ...choicesOf(request) }, data.input);
  return isDeepStrictEqual([base, request.recipe], [run.network, run.recipe]) ? seriesLabel(version, []) : null;
}

function isSearch(id: number): UserError {
  return new UserError({
    code: 'bad-input',
    message: `Study ${id} is a search: it chooses its trials itself`,
    where: `study ${id}`,
    hint: 'Start another search, or a study of depths',
  });
}

function fewerSeeds(has: number, asked: number): UserError {
  return new UserError({
    code: 'bad-input',
    message: `The study has ${has} seeds of each network already, and ${asked} are fewer`,
    where: 'seeds',
    hint: 'Say how many seeds there are to be in all; runs that are not wanted go to the bin one by one',
  });
}

function nothingMissing(id: number): UserError {
  return new UserError({
    code: 'bad-input',
    message: `Study ${id} has all of these runs already`,
    where: `study ${id}`,
    hint: 'Name another depth, more seeds, a version or a series; "study resume" goes on with runs that were stopped',
  });
}

function tooMany(): UserError {
  return new UserError({
    code: 'bad-input',
    message: `A study has at most ${FURTHER_SERIES.length} series besides V1 and V2, each in a colour of its own`,
    where: 'series',
    hint: 'Start another study with the same seeds and compare the runs',
  });
}

function labelTaken(label: string): UserError {
  return new UserError({
    code: 'bad-input',
    message: `The study has a series "${label}" already`,
    where: 'series.label',
    hint: 'Give it another label; depths and seeds are added to all series without naming one',
  });
}

function notAnother(label: string, same: string): UserError {
  return new UserError({
    code: 'bad-input',
    message: `The series "${label}" would have the networks and the recipe of ${same}`,
    where: 'series',
    hint: 'Choose what differs, as se, a shortcut, an activation order or a field of the recipe',
  });
}
