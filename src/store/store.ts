import type {
  CheckpointRow,
  EnvironmentEntry,
  EpochRow,
  RateChange,
  RunAnnotation,
  RunDetail,
  RunEvent,
  RunRow,
} from '../contract/run.ts';
import type { RunState } from '../contract/runState.ts';
import type { DataFile, DataSetInfo } from '../contract/data.ts';
import type { FlowMap, FlowProfile, LayerQuantity, ObservedLayers } from '../contract/flow.ts';
import type { CurvePoints, NormMap, NormProfile, SeriesName, StepFrame } from '../contract/frames.ts';
import type { NetworkInput, NetworkSpec } from '../contract/network.ts';
import type { TrainingRecipe } from '../contract/recipe.ts';
import type { Settings, SettingsChange } from '../contract/settings.ts';
import type { StudyRecord, StudyRow } from '../contract/study.ts';
import type { EpochResult, TestResult } from '../contract/trainer.ts';

/**
 * One open database file, split by subject. Every call is synchronous and every write is one transaction: when a
 * call returns, what it wrote is in the file. Refusals are `UserError`s and change nothing.
 */
export interface Store {
  readonly file: string;
  readonly readOnly: boolean;
  /** A read-only file that could not be read in its place; the copy of it stays as the file was. */
  readonly isCopy: boolean;
  /** Whether another program has written to a read-only file meanwhile: what is read from now on may be wrong. */
  isStale(): boolean;
  readonly runs: Runs;
  readonly studies: Studies;
  readonly steps: Steps;
  readonly epochs: Epochs;
  readonly events: Events;
  readonly checkpoints: Checkpoints;
  readonly environment: Environment;
  readonly dataSets: DataSets;
  readonly settings: StoredSettings;
  readonly bin: Bin;
  /** Bytes of the database with its write-ahead log. */
  bytes(): number;
  /** How long a write waits for another program's lock from now on, milliseconds, before it is refused; 5000 at first. */
  waitForLocks(milliseconds: number): void;
  /** Moves the write-ahead log into the database and empties it; for idle moments. False where a reader held it up. */
  checkpointLog(): boolean;
  /** Copies the live database to a new file; refuses to overwrite one. */
  backup(target: string): Promise<void>;
  /** Empties the log and closes; calls after it throw. A second close does nothing. */
  close(): void;
}

/** A run before it is in the store. */
export interface NewRun {
  readonly name: string;
  readonly network: NetworkSpec;
  readonly input: NetworkInput;
  readonly data: string;
  readonly recipe: TrainingRecipe;
  readonly totalSteps: number;
  readonly stepsPerEpoch: number;
  readonly parameters: number;
}

/** What the trainer knows once its graph is built. */
export interface ReadyRun {
  /** Parameter tensors in depth order; a later attempt must name the same ones. */
  readonly layers: readonly string[];
  /** Left out where the run observes nothing but its gradient norms; once named, a later attempt must name the same ones. */
  readonly observedLayers?: ObservedLayers | undefined;
  readonly parameters: number;
  readonly totalSteps: number;
  readonly stepsPerEpoch: number;
  readonly environment: readonly EnvironmentEntry[];
}

/** How a run ended, with what was measured over all of it. */
export interface RunEnd {
  readonly state: Extract<RunState, 'stopped' | 'finished' | 'diverged' | 'failed' | 'interrupted' | 'paused'>;
  readonly reason: string;
  /** Unknown (null) where the trainer died before it could say. */
  readonly measured: {
    readonly elapsedMs: number;
    readonly firstStepMs: number | null;
    readonly stepMs: number | null;
    readonly imagesPerSecond: number | null;
    readonly peakMemoryBytes: number;
  } | null;
}

/** A run that begins where another one was. */
export interface Fork {
  readonly parentId: number;
  /** The parent has a checkpoint of this step. */
  readonly step: number;
  /** What is changed, in words; may be empty. */
  readonly changes: string;
  readonly run: NewRun;
  /** Copies the checkpoint's file for the new run and gives the copy's name. Called within the transaction. */
  readonly copyCheckpoint: (id: number) => string;
}

export interface GoBack {
  readonly step: number;
  readonly text: string;
  /**
   * After a `resume` the same steps are trained again: each is compared with what it was, and where one differs a warning says
   * so. After a `divergence` they are trained otherwise.
   */
  readonly cause: 'resume' | 'divergence';
}

export interface Runs {
  /** Records a queued run. */
  create(run: NewRun): RunRow;
  /** `not-found` where there is no such run. */
  get(id: number): RunRow;
  /** Those of these runs that are in the file. */
  existing(ids: Iterable<number>): RunRow[];
  /** Newest first. `deleted` lists the bin instead. */
  list(options?: { deleted?: boolean }): RunRow[];
  /** Queued runs that are not in the bin, the next one first. */
  queued(): RunRow[];
  detail(id: number): RunDetail;
  /** The current fencing token; 0 before the first attempt. */
  attempt(id: number): number;
  /**
   * Takes a queued run into `preparing` and gives its next attempt number. From here on only messages of this
   * attempt are accepted.
   */
  startAttempt(id: number): number;
  /** `preparing` -> `running`, with what the trainer's `ready` says. A run asked to stop meanwhile stays `stopping`. */
  markReady(id: number, attempt: number, ready: ReadyRun): RunRow;
  /** A queued run is `stopped` at once, an active one goes to `stopping`; `conflict` where it has ended. */
  requestStop(id: number, reason: string): RunRow;
  /** A queued run is `paused` at once, an active one goes to `pausing`; `conflict` where it has ended or is being stopped. */
  requestPause(id: number, reason: string): RunRow;
  /**
   * Queues a run again that rests or ended before its last step; its next attempt goes on from a checkpoint. One that rests in
   * memory stays as it is until its trainer goes on. `conflict` where it cannot go on.
   */
  requestResume(id: number): RunRow;
  /**
   * `pausing` or `running` -> `paused` in memory: its trainer waits, for the reason given or (empty) as the user wished. A run
   * asked to stop meanwhile stays `stopping`.
   */
  markHeld(id: number, attempt: number, held: { readonly elapsedMs: number; readonly reason: string }): RunRow;
  /** The trainer goes on after a rest in memory. */
  markContinued(id: number, attempt: number): RunRow;
  /** Puts a queued run before another one that waits, or (null) behind all. */
  moveInQueue(id: number, before: number | null): RunRow;
  /**
   * Gives a run that waits, rests or has ended more epochs; its schedule runs over all its steps from now on. An evaluation that
   * was not of a whole epoch goes, since the epoch is trained to its end. It does not start by itself: `requestResume`.
   */
  extend(id: number, plan: { readonly epochs: number; readonly totalSteps: number }): RunRow;
  /** Changes the learning rate of a run without a trainer from its next step on. */
  planLearningRate(id: number, learningRate: number): RunRow;
  /** The trainer changed its learning rate, from the step after the last one in the file. */
  recordLearningRate(id: number, attempt: number, change: RateChange): RunRow;
  /** Records a queued run that goes on from another one's checkpoint, with that one's history up to there. */
  fork(fork: Fork): RunRow;
  /**
   * Takes back what was reported after a step (steps, evaluations, checkpoints): the current attempt goes on from there. A
   * text becomes a warning among the events. `conflict` where the run has not reached that step.
   */
  goBack(id: number, attempt: number, back: GoBack): RunRow;
  /** Commits the one evaluation on the test images of a run with held-out images. Its step is the last one in the file. */
  recordTest(id: number, attempt: number, result: TestResult): RunRow;
  /** Ends an attempt and closes its last segment of steps. `conflict` where the attempt is not the current one. */
  end(id: number, attempt: number, end: RunEnd): RunRow;
  /**
   * Ends every active run as `interrupted`; for the start of a new owner of the file, when whoever trained them is
   * known to be dead. Returns their rows.
   */
  markInterrupted(reason: string): RunRow[];
  annotate(annotation: RunAnnotation): RunRow;
  /** To the bin, all or none; `conflict` while one is active. A queued run is stopped by it. */
  delete(ids: readonly number[]): void;
  /** Out of the bin, all or none. */
  restore(ids: readonly number[]): void;
}

export interface Studies {
  /** Records a study and all its runs, queued in the order given, in one transaction. */
  create(study: { name: string; request: StudyRecord; runs: readonly NewRun[] }): StudyRow;
  /** Records what a study is asked for now, and queues the runs that it lacks, in one transaction. */
  grow(id: number, grown: { request: StudyRecord; runs: readonly NewRun[] }): void;
  /** Queues further runs at the end of a study, trials of a search; returns their ids. */
  addRuns(id: number, runs: readonly NewRun[]): number[];
  /** Records that a search tries nothing more. */
  endSearch(id: number): void;
  get(id: number): StudyRow;
  /** Those of these studies that are in the file. */
  existing(ids: Iterable<number>): StudyRow[];
  /** Newest first. */
  list(options?: { deleted?: boolean }): StudyRow[];
  /** The study's runs in the order of its grid, without those in the bin. */
  runs(id: number): RunRow[];
  /** To the bin with its runs; `conflict` while one of them is active. */
  delete(id: number): void;
  /** Back with the runs that went with it. */
  restore(id: number): void;
}

export interface Steps {
  /**
   * Commits a frame: its series, its norms, the run's last step, newest loss and `elapsedMs`, in one transaction.
   * Accepts only the current attempt and `firstStep` = last step + 1. A frame that is wholly in the file already, bit
   * for bit, is confirmed again (`repeated`); everything else is refused with `conflict`.
   */
  append(runId: number, attempt: number, frame: StepFrame, elapsedMs: number): { lastStep: number; repeated: boolean };
  /** Layer names in depth order; empty before the run was ready. */
  layers(runId: number): string[];
  /** Raw values between two steps, both included; the whole run where they are left out. */
  readSeries(
    runId: number,
    series: SeriesName,
    fromStep?: number,
    toStep?: number,
  ): { firstStep: number; values: Float32Array };
  /** At most four points per pixel (`analysis/decimate.ts`). */
  readCurve(
    runId: number,
    series: SeriesName,
    range: { fromStep?: number | undefined; toStep?: number | undefined; pixels: number },
  ): CurvePoints;
  /** All norms of one step; the newest where none is named. `not-found` where the step is not in the file. */
  readNorms(runId: number, step?: number): NormProfile;
  /** Steps in full, for who reads a run from end to end in pieces; both are in the file. */
  readSteps(runId: number, fromStep: number, toStep: number): RecordedSteps;
  /** Norms over a range of steps in at most `columns` columns of equal width, each the largest in it (NaN wins). */
  readNormMap(
    runId: number,
    range: { fromStep?: number | undefined; toStep?: number | undefined; columns: number },
  ): NormMap;
  /** The newest step whose layers were observed, up to the one that is named; null where there is none. */
  newestObserved(runId: number, upTo?: number): number | null;
  /** A quantity over a range of steps in at most `columns` columns; empty where the run does not observe it. */
  readFlowMap(
    runId: number,
    quantity: LayerQuantity,
    range: { fromStep?: number | undefined; toStep?: number | undefined; columns: number },
  ): FlowMap;
  /** Every quantity of the newest observed step up to the one that is named. `not-found` as `readNorms`. */
  readFlowProfile(runId: number, step?: number): FlowProfile;
  /** Recomputes every closed segment's SHA-256. Returns the first steps of segments that do not match. */
  verify(runId: number): number[];
}

export interface Epochs {
  /** Commits an epoch's results and with them the run's newest and best. Same rules as `Steps.append`; its step is in the file. */
  record(runId: number, attempt: number, result: EpochResult): EpochRow;
  list(runIds: readonly number[]): EpochRow[];
}

export interface Events {
  /** `at` is taken from the clock, `step` from the run. */
  record(runId: number, kind: RunEvent['kind'], text: string): void;
  list(runId: number): RunEvent[];
}

export interface Checkpoints {
  /** Vouches for a file that is complete under its final name. Its step must be in the file. */
  record(
    runId: number,
    attempt: number,
    checkpoint: { step: number; file: string; bytes: number; sha256: string },
  ): CheckpointRow;
  /** Newest first. */
  list(runId: number): CheckpointRow[];
  /** Of all runs, the oldest first. */
  all(): (CheckpointRow & { readonly runId: number })[];
  /** What all of them take on the disk. */
  bytes(): number;
  /** Takes a checkpoint out of the list, before its file is deleted. */
  forget(runId: number, step: number): void;
}

export interface StoredSettings {
  get(): Settings;
  /** Sets those given, and gives all. */
  change(changes: SettingsChange): Settings;
}

/** What a purge took out of the file. */
export interface PurgedRows {
  readonly studyIds: readonly number[];
  readonly runIds: readonly number[];
  /** Free inside the file from now on; SQLite keeps its pages for what comes next. */
  readonly databaseBytes: number;
}

/** Consecutive steps with all that was recorded of their losses and gradients; `norms` is [steps, layers]. */
export interface RecordedSteps {
  readonly firstStep: number;
  readonly loss: Float32Array;
  readonly accuracy: Float32Array;
  readonly gradientNorm: Float32Array;
  readonly norms: Float32Array;
}

/** What was deleted softly. */
export interface Bin {
  /** How many checkpoints each run in the bin has, and their bytes; runs without any are left out. */
  checkpoints(): ReadonlyMap<number, { readonly count: number; readonly bytes: number }>;
  /** Takes every row of these runs out of the file, all or none; `conflict` where one is not in the bin. */
  purgeRuns(ids: readonly number[]): PurgedRows;
  /** The same for studies with all their runs in the bin. A run that was restored without its study stays, on its own. */
  purgeStudies(ids: readonly number[]): PurgedRows;
}

export interface Environment {
  list(runId: number): EnvironmentEntry[];
}

/** A data set that was added. */
export interface StoredDataSet {
  readonly info: DataSetInfo;
  readonly files: readonly DataFile[];
  readonly addedAt: number;
}

/** Added data sets; the embedded ones are not among them. */
export interface DataSets {
  /** Oldest first. */
  list(): StoredDataSet[];
  /** Null where none has this name. */
  find(name: string): StoredDataSet | null;
  /** Registers a set whose files are complete; `conflict` where the name is taken. */
  add(set: Pick<StoredDataSet, 'info' | 'files'>): void;
  /** Forgets a set, before its files are deleted; `conflict` while a run trains on it or waits to. */
  remove(name: string): void;
}

export interface OpenOptions {
  /** Opens without changing anything in the file's folder. Default false. */
  readonly readOnly?: boolean;
  /** SQLite's native binding, where it is not the checked one inside the package (env DEPTHLAB_SQLITE_BINDING). */
  readonly nativeBinding?: string | undefined;
}
