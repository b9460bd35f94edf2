import * as v from 'valibot';
import { DataName } from './data.ts';
import { MAX_NAME_LENGTH, MAX_NOTES_LENGTH, MAX_TAGS } from './limits.ts';
import { Measurement } from './measurement.ts';
import { NetworkInput, NetworkRequest, NetworkSpec } from './network.ts';
import { TrainingRecipe } from './recipe.ts';
import { RunState } from './runState.ts';

/** A run's or study's number in the store. */
export const Id = v.pipe(v.number(), v.safeInteger(), v.minValue(1));
export type Id = v.InferOutput<typeof Id>;

/** What a user asks for when a run is launched. */
export const RunRequest = v.strictObject({
  name: v.optional(v.pipe(v.string(), v.trim(), v.maxLength(MAX_NAME_LENGTH, 'A name has at most 200 characters'))),
  network: NetworkRequest,
  data: v.optional(DataName, 'digits'),
  recipe: v.optional(TrainingRecipe, {}),
});
export type RunRequest = v.InferOutput<typeof RunRequest>;
export type RunRequestInput = v.InferInput<typeof RunRequest>;

/** From this step on the schedule has another learning rate than the recipe's. */
export const RateChange = v.strictObject({ firstStep: v.number(), learningRate: v.number() });
export type RateChange = v.InferOutput<typeof RateChange>;

/** A run as tables show it. Times are milliseconds since 1970; durations come from a monotonic clock. */
export const RunRow = v.strictObject({
  id: Id,
  name: v.string(),
  studyId: v.nullable(Id),
  /** The run that it was forked from, and after which step; null where it began by itself, or that run is gone for good. */
  parent: v.nullable(v.strictObject({ runId: Id, step: v.number() })),
  state: RunState,
  /** Why it is in this state, where there is a reason (the failure, the user's stop); else empty. */
  reason: v.string(),
  /** It is paused in memory: its process waits. */
  isHeld: v.boolean(),
  network: NetworkSpec,
  input: NetworkInput,
  data: DataName,
  recipe: TrainingRecipe,
  /** Made by hand while it was trained, in the order of their steps. */
  rateChanges: v.array(RateChange),
  /** Waiting runs start in this order; null for the others. */
  queuePosition: v.nullable(v.number()),
  createdAt: v.number(),
  startedAt: v.nullable(v.number()),
  endedAt: v.nullable(v.number()),
  /** Training time so far, monotonic. */
  elapsedMs: v.number(),
  /** The last step committed to the store; 0 before the first. Steps count from 1. */
  lastStep: v.number(),
  totalSteps: v.number(),
  stepsPerEpoch: v.number(),
  parameters: v.number(),
  /** Of the newest step and the newest evaluation; null before there is one. Accuracies are fractions, 0 to 1. */
  trainLoss: v.nullable(Measurement),
  /** Of the newest epoch, while it was trained: augmented images, batch moments, weights that still moved. */
  trainAccuracy: v.nullable(v.number()),
  /** On the images that the recipe holds out; null where it holds out none. */
  validationLoss: v.nullable(Measurement),
  validationAccuracy: v.nullable(v.number()),
  /** Of all epochs. */
  bestValidationAccuracy: v.nullable(v.number()),
  /** With held-out images: evaluated once, at the run's end. Else of the newest epoch. */
  testLoss: v.nullable(Measurement),
  testAccuracy: v.nullable(v.number()),
  /** Of all epochs, where the test images were evaluated after each; null with held-out images: none is chosen by it. */
  bestTestAccuracy: v.nullable(v.number()),
  imagesPerSecond: v.nullable(v.number()),
  firstStepMs: v.nullable(v.number()),
  /** Median of the steps after the first. */
  stepMs: v.nullable(v.number()),
  peakMemoryBytes: v.nullable(v.number()),
  notes: v.string(),
  tags: v.array(v.string()),
  deletedAt: v.nullable(v.number()),
});
export type RunRow = v.InferOutput<typeof RunRow>;

/** An epoch is evaluated on the held-out images or, where there are none, on the test images; the others are null. */
export const EvaluationResults = v.strictObject({
  validationLoss: v.nullable(Measurement),
  validationAccuracy: v.nullable(v.number()),
  testLoss: v.nullable(Measurement),
  testAccuracy: v.nullable(v.number()),
});
export type EvaluationResults = v.InferOutput<typeof EvaluationResults>;

/** The result of one epoch. `epoch` counts from 1; `step` is the last step of the epoch. */
export const EpochRow = v.strictObject({
  runId: Id,
  epoch: v.number(),
  step: v.number(),
  trainLoss: Measurement,
  trainAccuracy: v.number(),
  ...EvaluationResults.entries,
  learningRate: v.number(),
  elapsedMs: v.number(),
});
export type EpochRow = v.InferOutput<typeof EpochRow>;

/** What a run was trained on: versions, device, processor, git commit of the working folder, host. */
export const EnvironmentEntry = v.strictObject({ name: v.string(), value: v.string() });
export type EnvironmentEntry = v.InferOutput<typeof EnvironmentEntry>;

/** What one of several runs was trained on; empty before it has started. */
export const RunEnvironment = v.strictObject({ runId: Id, entries: v.array(EnvironmentEntry) });
export type RunEnvironment = v.InferOutput<typeof RunEnvironment>;

/** One hyper-parameter as the store keeps it: a row with a number or a text. */
export const HyperParameter = v.strictObject({
  name: v.string(),
  number: v.nullable(v.number()),
  text: v.nullable(v.string()),
});
export type HyperParameter = v.InferOutput<typeof HyperParameter>;

/** Something that happened to a run: a change of state, a checkpoint, a warning, a change by hand of how it is trained. */
export const RunEvent = v.strictObject({
  at: v.number(),
  step: v.number(),
  kind: v.picklist(['state', 'checkpoint', 'warning', 'change']),
  text: v.string(),
});
export type RunEvent = v.InferOutput<typeof RunEvent>;

/** A checkpoint on disk that the store vouches for. */
export const CheckpointRow = v.strictObject({
  step: v.number(),
  file: v.string(),
  bytes: v.number(),
  sha256: v.string(),
  createdAt: v.number(),
});
export type CheckpointRow = v.InferOutput<typeof CheckpointRow>;

/** The newest checkpoint that a run has kept, the best by its evaluations, or that of a step. */
export const CheckpointChoice = v.union([v.picklist(['last', 'best']), v.pipe(v.number(), v.integer(), v.minValue(0))]);
export type CheckpointChoice = v.InferOutput<typeof CheckpointChoice>;

/** Everything the page of a run shows beside its curves. */
export const RunDetail = v.strictObject({
  run: RunRow,
  hyperParameters: v.array(HyperParameter),
  environment: v.array(EnvironmentEntry),
  epochs: v.array(EpochRow),
  events: v.array(RunEvent),
  checkpoints: v.array(CheckpointRow),
  /** Parameter tensors in depth order: the rows of the gradient map. */
  layers: v.array(v.string()),
});
export type RunDetail = v.InferOutput<typeof RunDetail>;

export const RunAnnotation = v.strictObject({
  id: Id,
  name: v.optional(v.pipe(v.string(), v.trim(), v.minLength(1, 'A name is not empty'), v.maxLength(MAX_NAME_LENGTH))),
  notes: v.optional(v.pipe(v.string(), v.maxLength(MAX_NOTES_LENGTH))),
  tags: v.optional(
    v.pipe(
      v.array(v.pipe(v.string(), v.trim(), v.minLength(1), v.maxLength(MAX_NAME_LENGTH))),
      v.maxLength(MAX_TAGS, `A run has at most ${MAX_TAGS} tags`),
    ),
  ),
});
export type RunAnnotation = v.InferOutput<typeof RunAnnotation>;
