import * as v from 'valibot';
import { ApplicationInfo, ApplicationStatus } from './application.ts';
import { Bin, Ids, Purged } from './bin.ts';
import { Extension, ForkRequest, LearningRateChange } from './change.ts';
import {
  DataAddition,
  DataName,
  DataProgress,
  DataReference,
  DataSamples,
  DataSetInfo,
  PublishedName,
} from './data.ts';
import { FlowMap, FlowProfile, LayerQuantity } from './flow.ts';
import { CurvePatch, NormProfile, SeriesName } from './frames.ts';
import { RunHealth } from './health.ts';
import { IdentityChoices, IdentityProgress } from './identity.ts';
import { LossSurfaceChoices, LossSurfaceProgress } from './lossSurface.ts';
import { NetworkInput, NetworkRequest, NetworkSummary } from './network.ts';
import { TrainingRecipe } from './recipe.ts';
import { ReferenceSeries } from './reference.ts';
import { CheckpointChoice, EpochRow, Id, RunAnnotation, RunDetail, RunEnvironment, RunRequest, RunRow } from './run.ts';
import { SettingsChange, SettingsEffect, SettingsInEffect } from './settings.ts';
import { SearchRequest, StudyGrowth, StudyRequest, StudyRow, StudyTable, TableMetric } from './study.ts';
import { StudyReport } from './studyReport.ts';
import { PauseWay } from './trainer.ts';

type Schema = v.GenericSchema<unknown, unknown>;

export interface Method<Kind extends 'query' | 'command' | 'stream', Arguments extends Schema, Result extends Schema> {
  readonly kind: Kind;
  /** Whether it writes to the database or beside it: refused where that is open for reading only. */
  readonly writes: boolean;
  readonly arguments: Arguments;
  readonly result: Result;
}

const method =
  <Kind extends 'query' | 'command' | 'stream'>(kind: Kind, writes: boolean) =>
  <Arguments extends Schema, Result extends Schema>(
    argumentsSchema: Arguments,
    result: Result,
  ): Method<Kind, Arguments, Result> => ({ kind, writes, arguments: argumentsSchema, result });

/** Reads; changes nothing. */
const query = method('query', false);
/** Changes something; answers when the change is in the store. */
const command = method('command', true);
/** Does something that leaves the store as it is. */
const request = method('command', false);
/** Answers with the whole at first, then with what changed, until it is cancelled. */
const stream = method('stream', false);
/** Changes something and tells how far it is; its last value comes when the change is in the store. */
const longCommand = method('stream', true);

const nothing = v.strictObject({});
const byId = v.strictObject({ id: Id });
const byIds = v.strictObject({ ids: Ids });
const done = v.null();

/**
 * Every message between a client (window, web page, CLI) and the host: one line each.
 * A client calls `api['runs.list']({})`; a stream yields values of its result type.
 */
export const contract = {
  'application.info': query(nothing, ApplicationInfo),
  'application.status': stream(nothing, ApplicationStatus),
  'application.showDatabase': request(nothing, done),
  'settings.get': query(nothing, SettingsInEffect),
  'settings.watch': stream(nothing, SettingsInEffect),
  /** Holds at once: checkpoints that nothing keeps any more are deleted. */
  'settings.change': command(SettingsChange, SettingsInEffect),
  /** What that change would delete. */
  'settings.preview': query(SettingsChange, SettingsEffect),

  'data.list': query(nothing, v.array(DataSetInfo)),
  /** All data sets, again whenever one is added or removed. */
  'data.watch': stream(nothing, v.array(DataSetInfo)),
  /** Reads a file, a folder or a formula into a data set. Cancelling it leaves nothing behind. */
  'data.add': longCommand(DataAddition, DataProgress),
  /** Downloads a published set and adds it. A download that was broken off goes on where it was. */
  'data.fetch': longCommand(v.strictObject({ name: PublishedName, as: v.optional(DataName) }), DataProgress),
  /** Forgets a set and deletes its files; what it was made from stays. */
  'data.remove': command(v.strictObject({ name: DataName }), done),
  /** With the place of its files, for programs of the same user. */
  'data.get': query(v.strictObject({ name: DataName }), DataReference),
  'data.samples': query(
    v.strictObject({
      name: DataName,
      count: v.pipe(v.number(), v.integer(), v.minValue(1), v.maxValue(100)),
      /** Changes them as this recipe would in its first epoch; left out: as they are. */
      recipe: v.optional(TrainingRecipe),
    }),
    DataSamples,
  ),

  'networks.describe': query(
    v.strictObject({
      network: NetworkRequest,
      data: DataName,
      classes: v.optional(NetworkInput.entries.classes),
      batchSize: TrainingRecipe.entries.batchSize,
      recompute: TrainingRecipe.entries.recompute,
      microBatches: TrainingRecipe.entries.microBatches,
    }),
    NetworkSummary,
  ),

  'runs.list': query(v.strictObject({ deleted: v.optional(v.boolean(), false) }), v.array(RunRow)),
  'runs.get': query(byId, RunDetail),
  /** What several runs were trained on, in their order; a run that is gone is left out. */
  'runs.environments': query(byIds, v.array(RunEnvironment)),
  'runs.create': command(RunRequest, RunRow),
  'runs.stop': command(v.strictObject({ id: Id, reason: v.optional(v.string(), 'Stopped by the user') }), done),
  /** Lets a run rest: after its step where it trains, before its turn where it waits. */
  'runs.pause': command(v.strictObject({ id: Id, way: v.optional(PauseWay, 'release') }), RunRow),
  /** Goes on with a run that rests, or that has ended before its last step, from its newest checkpoint. */
  'runs.resume': command(byId, RunRow),
  /** Starts a waiting run before all others that wait. */
  'runs.next': command(byId, RunRow),
  /** Moves a waiting run before another one that waits, or (null) behind all. */
  'runs.move': command(v.strictObject({ id: Id, before: v.nullable(Id) }), RunRow),
  /** Gives a run more epochs and goes on with it; one that rests stays at rest. */
  'runs.extend': command(Extension, RunRow),
  /** From the next step on; one that trains says in its events which step that was. */
  'runs.setLearningRate': command(LearningRateChange, RunRow),
  'runs.fork': command(ForkRequest, RunRow),
  'runs.annotate': command(RunAnnotation, RunRow),
  /** To the bin. */
  'runs.delete': command(byIds, done),
  'runs.restore': command(byIds, done),
  /** Deletes runs in the bin for good, with their checkpoints. */
  'runs.purge': command(byIds, Purged),
  /** All rows at first, then each row that changed. */
  'runs.watch': stream(nothing, v.array(RunRow)),

  /** Measures the identity path of every block of a checkpoint, in a process of its own that cancelling ends. */
  'runs.verifyIdentity': stream(
    v.strictObject({ id: Id, checkpoint: v.optional(CheckpointChoice, 'last'), ...IdentityChoices.entries }),
    IdentityProgress,
  ),
  /** The loss over a plane through a checkpoint's weights, likewise. */
  'runs.lossSurface': stream(
    v.strictObject({ id: Id, checkpoint: v.optional(CheckpointChoice, 'last'), ...LossSurfaceChoices.entries }),
    LossSurfaceProgress,
  ),

  'epochs.list': query(v.strictObject({ runIds: v.pipe(v.array(Id), v.maxLength(1000)) }), v.array(EpochRow)),
  'epochs.watch': stream(v.strictObject({ runIds: v.pipe(v.array(Id), v.maxLength(1000)) }), v.array(EpochRow)),

  'curves.watch': stream(
    v.strictObject({
      runIds: v.pipe(v.array(Id), v.maxLength(1000)),
      series: SeriesName,
      fromStep: v.optional(v.number()),
      toStep: v.optional(v.number()),
      /** Width of the chart: at most four points per pixel come back. */
      pixels: v.pipe(v.number(), v.integer(), v.minValue(16), v.maxValue(8192)),
    }),
    CurvePatch,
  ),
  /** Raw values of a series between two steps, for export and for the CLI. */
  'curves.read': query(
    v.strictObject({
      runId: Id,
      series: SeriesName,
      fromStep: v.optional(v.number()),
      toStep: v.optional(v.number()),
    }),
    v.strictObject({ firstStep: v.number(), values: v.instance(Float32Array<ArrayBufferLike>) }),
  ),

  /** One step's norms; the newest step where none is named. */
  'norms.read': query(v.strictObject({ runId: Id, step: v.optional(v.number()) }), NormProfile),

  'health.read': query(v.strictObject({ runIds: Ids }), v.array(RunHealth)),
  /** Each run's verdict as soon as its steps are read, then those that may have changed. */
  'health.watch': stream(v.strictObject({ runIds: v.pipe(v.array(Id), v.maxLength(1000)) }), v.array(RunHealth)),

  /** A quantity by step and layer; empty where the run does not observe it. */
  'flow.watch': stream(
    v.strictObject({
      runId: Id,
      quantity: LayerQuantity,
      fromStep: v.optional(v.number()),
      toStep: v.optional(v.number()),
      columns: v.pipe(v.number(), v.integer(), v.minValue(16), v.maxValue(4096)),
    }),
    FlowMap,
  ),
  /** All quantities of the newest observed step, or of the newest one up to `step`. */
  'flow.read': query(v.strictObject({ runId: Id, step: v.optional(v.number()) }), FlowProfile),

  'studies.list': query(nothing, v.array(StudyRow)),
  'studies.create': command(StudyRequest, StudyRow),
  /** Starts a search; its trials are added to the study as they are chosen. */
  'studies.search': command(SearchRequest, StudyRow),
  /** Adds depths, seeds, a version or a series, and trains the runs that are missing. */
  'studies.grow': command(StudyGrowth, StudyRow),
  /** Goes on with every run that was stopped or interrupted before its end, or that rests. */
  'studies.resume': command(byId, v.strictObject({ runIds: v.array(Id) })),
  'studies.stop': command(byId, done),
  'studies.delete': command(byId, done),
  'studies.restore': command(byId, done),
  /** Deletes studies in the bin for good, with their runs there. */
  'studies.purge': command(byIds, Purged),
  'studies.watch': stream(nothing, v.array(StudyRow)),
  'studies.table': query(v.strictObject({ id: Id, metric: v.optional(TableMetric, 'testAccuracy') }), StudyTable),
  /** The table with everything that is said of it: tests, fits, published figures, time and memory, environment. */
  'studies.report': query(v.strictObject({ id: Id, metric: v.optional(TableMetric, 'testAccuracy') }), StudyReport),

  'bin.list': query(nothing, Bin),
  /** The whole bin, again whenever something goes to it or leaves it. */
  'bin.watch': stream(nothing, Bin),

  'references.list': query(v.strictObject({ data: v.optional(v.string()) }), v.array(ReferenceSeries)),
} as const;

export type Contract = typeof contract;
export type MethodName = keyof Contract;

/** What a caller passes: defaults may be left out. */
export type ArgumentsOf<Name extends MethodName> = v.InferInput<Contract[Name]['arguments']>;
/** What a handler receives: defaults filled in. */
export type ParsedArgumentsOf<Name extends MethodName> = v.InferOutput<Contract[Name]['arguments']>;
export type ResultOf<Name extends MethodName> = v.InferOutput<Contract[Name]['result']>;
export type NamesOfKind<Kind extends 'query' | 'command' | 'stream'> = {
  [Name in MethodName]: Contract[Name]['kind'] extends Kind ? Name : never;
}[MethodName];
