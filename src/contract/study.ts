import * as v from 'valibot';
import { DataName } from './data.ts';
import { MAX_NAME_LENGTH } from './limits.ts';
import { NamedDepth, NetworkChoices, NetworkVersion } from './network.ts';
import { Measurement } from './measurement.ts';
import { TrainingRecipe } from './recipe.ts';
import { Id } from './run.ts';
import { SearchOptions, SearchRecord } from './search.ts';

/** The largest grid that one study starts. */
export const MAX_STUDY_RUNS = 10_000;

/**
 * A depth study: every version at every depth with every seed, one recipe and one data set.
 * Seeds are recipe.seed, recipe.seed + 1, ...: V1 and V2 share them, so that their differences pair.
 */
export const StudyRequest = v.strictObject({
  name: v.optional(v.pipe(v.string(), v.trim(), v.maxLength(MAX_NAME_LENGTH, 'A name has at most 200 characters'))),
  versions: v.optional(v.pipe(v.array(NetworkVersion), v.minLength(1, 'A study has at least one version')), () => [
    'v1' as const,
    'v2' as const,
  ]),
  depths: v.optional(
    v.pipe(
      v.array(NamedDepth),
      v.minLength(1, 'A study has at least one depth'),
      v.maxLength(200, 'A study has at most 200 depths'),
    ),
    () => [8, 20, 44],
  ),
  seeds: v.optional(
    v.pipe(
      v.number('The number of seeds is a number'),
      v.integer('The number of seeds is a whole number'),
      v.minValue(1, 'A study has at least one seed'),
      v.maxValue(1000, 'A study has at most 1000 seeds'),
    ),
    3,
  ),
  ...NetworkChoices.entries,
  data: v.optional(DataName, 'digits'),
  recipe: v.optional(TrainingRecipe, {}),
});
export type StudyRequest = v.InferOutput<typeof StudyRequest>;

/**
 * A search for an architecture: its trials are the runs of a study. `space` is the data of a file like an architecture's,
 * with `{ choose: [...] }` where it is open (`nets/search/space.ts`); every trial has the recipe and its seed.
 */
export const SearchRequest = v.strictObject({
  name: StudyRequest.entries.name,
  space: v.unknown(),
  options: v.optional(SearchOptions, {}),
  data: StudyRequest.entries.data,
  recipe: StudyRequest.entries.recipe,
});
export type SearchRequest = v.InferOutput<typeof SearchRequest>;

/** What a study was asked for, as it is kept: of a search, versions and depths are those of its first trials. */
export const StudyRecord = v.strictObject({
  ...StudyRequest.entries,
  /** A search may try shallower networks than those with a name. */
  depths: v.array(v.number()),
  search: v.optional(SearchRecord),
});
export type StudyRecord = v.InferOutput<typeof StudyRecord>;

export type StudyRequestInput = v.InferInput<typeof StudyRequest>;

/** A study as lists show it. */
export const StudyRow = v.strictObject({
  id: Id,
  name: v.string(),
  request: StudyRecord,
  createdAt: v.number(),
  runIds: v.array(Id),
  /** Runs that finished, that ended otherwise, and that still wait or train. */
  finished: v.number(),
  ended: v.number(),
  pending: v.number(),
  deletedAt: v.nullable(v.number()),
});
export type StudyRow = v.InferOutput<typeof StudyRow>;

/** Which measurement of each run a table shows. */
export const TableMetric = v.picklist([
  'testAccuracy',
  'bestTestAccuracy',
  'validationAccuracy',
  'bestValidationAccuracy',
  'testLoss',
  'validationLoss',
  'trainLoss',
]);
export type TableMetric = v.InferOutput<typeof TableMetric>;

const RunWithoutResult = v.strictObject({ runId: Id, seed: v.number(), reason: v.string() });

/**
 * One cell of the paired table: a version at a depth over its seeds.
 * `interval` is the two-sided 95 % Student t interval of the mean; null where n < 2.
 */
export const StudyCell = v.strictObject({
  version: NetworkVersion,
  depth: v.number(),
  /** Runs with a result. Failed and diverged runs are counted apart, never averaged in. */
  n: v.number(),
  mean: v.nullable(Measurement),
  /** Sample standard deviation (n - 1); null where n < 2. */
  std: v.nullable(v.number()),
  interval: v.nullable(v.strictObject({ low: v.number(), high: v.number() })),
  values: v.array(v.strictObject({ runId: Id, seed: v.number(), value: Measurement })),
  failed: v.array(RunWithoutResult),
  /** Stopped by hand: without a result too, but no failure. */
  stopped: v.array(RunWithoutResult),
  /** All runs of the cell, whatever their state. */
  runIds: v.array(Id),
});
export type StudyCell = v.InferOutput<typeof StudyCell>;

/** V1 against V2 at one depth: the mean of the differences V2 - V1 over the seeds that both finished. */
export const PairedDifference = v.strictObject({
  depth: v.number(),
  n: v.number(),
  mean: v.nullable(Measurement),
  std: v.nullable(v.number()),
  interval: v.nullable(v.strictObject({ low: v.number(), high: v.number() })),
  /** A plain sentence on what the numbers allow to be said, never more. */
  verdict: v.string(),
});
export type PairedDifference = v.InferOutput<typeof PairedDifference>;

export const StudyTable = v.strictObject({
  studyId: Id,
  name: v.string(),
  metric: TableMetric,
  cells: v.array(StudyCell),
  differences: v.array(PairedDifference),
});
export type StudyTable = v.InferOutput<typeof StudyTable>;
