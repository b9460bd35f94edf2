import * as v from 'valibot';
import { DataReference } from './data.ts';
import { Measurement } from './measurement.ts';
import { UserErrorData } from './errors.ts';
import { ObservedLayers } from './flow.ts';
import { StepFrame } from './frames.ts';
import { NetworkSpec } from './network.ts';
import { TrainingRecipe } from './recipe.ts';
import { EnvironmentEntry, EvaluationResults, Id, RateChange } from './run.ts';

/** How a run rests: in memory, from where it goes on within a step, or on the disk, so that its memory is free. */
export const PauseWay = v.picklist(['hold', 'release']);
export type PauseWay = v.InferOutput<typeof PauseWay>;

/** Where a run that was trained before may go on. */
const Resume = v.strictObject({
  /** Newest first; the store vouches for each. */
  checkpoints: v.array(v.strictObject({ step: v.number(), file: v.string(), sha256: v.string() })),
  /** Training time until then. */
  elapsedMs: v.number(),
  /** It began at another run's checkpoint: where none is whole it cannot start again from nothing. */
  isFork: v.boolean(),
});
export type Resume = v.InferOutput<typeof Resume>;

/**
 * Host -> trainer. One trainer process trains one run; its first message is `start`.
 * `attempt` is the fencing token: the host accepts messages of the current attempt only.
 */
export const ToTrainer = v.variant('type', [
  v.strictObject({
    type: v.literal('start'),
    runId: Id,
    attempt: v.number(),
    network: NetworkSpec,
    data: DataReference,
    recipe: TrainingRecipe,
    /** Where checkpoints of this run are written; it exists. */
    checkpointFolder: v.string(),
    /** Null for a run that starts; else it goes on from the newest of these that is whole. */
    resume: v.nullable(Resume),
    /** Made by hand, in the order of their steps; they hold whenever their steps are trained. */
    rateChanges: v.array(RateChange),
  }),
  /** `hold`: after the current step, wait in memory with a checkpoint written. `release`: write one and end as `paused`. */
  v.strictObject({ type: v.literal('pause'), way: PauseWay }),
  /** Train with this learning rate in the recipe's place from the next step on. */
  v.strictObject({ type: v.literal('learningRate'), learningRate: v.number() }),
  /** Go on after a `hold`. */
  v.strictObject({ type: v.literal('continue') }),
  /**
   * Write a checkpoint after the current step and end with `ended: stopped`. `test`: with the test images evaluated, where that
   * is due at the run's end; not where the application closes.
   */
  v.strictObject({ type: v.literal('stop'), reason: v.string(), test: v.boolean() }),
  /** Steps up to this one are in the file. The trainer waits when it is too far ahead of it. */
  v.strictObject({ type: v.literal('committed'), step: v.number() }),
]);
export type ToTrainer = v.InferOutput<typeof ToTrainer>;

/** The result of an evaluation at an epoch's end, or at the last step of a run cut short. */
export const EpochResult = v.strictObject({
  epoch: v.number(),
  step: v.number(),
  trainLoss: Measurement,
  trainAccuracy: v.number(),
  ...EvaluationResults.entries,
  learningRate: v.number(),
  elapsedMs: v.number(),
});
export type EpochResult = v.InferOutput<typeof EpochResult>;

/** Mean cross-entropy and the fraction that is right, 0 to 1, after a step. */
export const TestResult = v.strictObject({ step: v.number(), loss: Measurement, accuracy: v.number() });
export type TestResult = v.InferOutput<typeof TestResult>;

const envelope = { runId: Id, attempt: v.number() };

/** Trainer -> host, in order. After `ended` or `failed` the process exits by itself. */
export const FromTrainer = v.variant('type', [
  /** The graph is built and the first batch is at hand. */
  v.strictObject({
    ...envelope,
    type: v.literal('ready'),
    layers: v.array(v.string()),
    /** Left out where the run observes nothing but its gradient norms. */
    observedLayers: v.optional(ObservedLayers),
    parameters: v.number(),
    totalSteps: v.number(),
    stepsPerEpoch: v.number(),
    environment: v.array(EnvironmentEntry),
  }),
  /**
   * After `ready`: it goes on from the checkpoint of this step (0: from its start), and steps that were recorded after it are
   * trained again. `text` says which checkpoints were damaged; else it is empty.
   */
  v.strictObject({ ...envelope, type: v.literal('resumed'), step: v.number(), text: v.string() }),
  /** It rests in memory after this step: as it was asked to (`reason` is empty), or because it must. */
  v.strictObject({
    ...envelope,
    type: v.literal('held'),
    step: v.number(),
    elapsedMs: v.number(),
    reason: v.string(),
  }),
  /** It goes on after it was held. */
  v.strictObject({ ...envelope, type: v.literal('continued') }),
  /** From this step on, which is the next one that it trains. */
  v.strictObject({ ...envelope, type: v.literal('rateChanged'), ...RateChange.entries }),
  /** Something that the user should know, such as a checkpoint that cannot be written; the run goes on. */
  v.strictObject({ ...envelope, type: v.literal('warning'), text: v.string() }),
  v.strictObject({ ...envelope, type: v.literal('steps'), frame: StepFrame, elapsedMs: v.number() }),
  v.strictObject({ ...envelope, type: v.literal('epoch'), result: EpochResult }),
  /** The one evaluation on the test images of a run with held-out images, at its end. */
  v.strictObject({ ...envelope, type: v.literal('tested'), result: TestResult }),
  /** The file is complete, synced and under its final name; the host now vouches for it in the store. */
  v.strictObject({
    ...envelope,
    type: v.literal('checkpoint'),
    step: v.number(),
    file: v.string(),
    bytes: v.number(),
    sha256: v.string(),
  }),
  /**
   * After a divergence the run went back to an earlier step, and its steps after that one are superseded: they are
   * reported again from `step` + 1 on. `text` says why, and what was changed.
   */
  v.strictObject({ ...envelope, type: v.literal('wentBack'), step: v.number(), text: v.string() }),
  v.strictObject({
    ...envelope,
    type: v.literal('ended'),
    outcome: v.picklist(['finished', 'stopped', 'diverged', 'paused']),
    reason: v.string(),
    step: v.number(),
    elapsedMs: v.number(),
    firstStepMs: v.nullable(v.number()),
    /** Median of the steps after the first. */
    stepMs: v.nullable(v.number()),
    /** Training throughput over the steps after the first, evaluation and checkpoints excluded. */
    imagesPerSecond: v.nullable(v.number()),
    peakMemoryBytes: v.number(),
  }),
  v.strictObject({ ...envelope, type: v.literal('failed'), error: UserErrorData, step: v.number() }),
]);
export type FromTrainer = v.InferOutput<typeof FromTrainer>;
