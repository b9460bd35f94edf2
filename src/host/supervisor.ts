import { basename, join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import * as v from 'valibot';
import { UserError } from '../contract/errors.ts';
import type { RunRow } from '../contract/run.ts';
import { FromTrainer, type PauseWay, type Resume, type ToTrainer } from '../contract/trainer.ts';
import { makeBallast } from '../store/ballast.ts';
import type { Store } from '../store/store.ts';
import type { DataLibrary } from './dataLibrary.ts';
import { createAttempt, type Attempt } from './attempt.ts';
import { exitReason, wasEndedFromOutside } from './exitReason.ts';
import { checkpointFolder, makeDurableFolder } from './folders.ts';
import type { Launcher, TrainerProcess } from './launcher.ts';
import { announceRun, type Live } from './live.ts';
import { watchMemory, type MemoryWatch } from './outOfMemory.ts';
import type { Retention } from './retention.ts';
import { LOCK_NOTICE, whileLocked } from './storeTrouble.ts';
import { removeStrayCheckpoints } from './strayCheckpoints.ts';

export interface SupervisorOptions {
  readonly store: Store;
  readonly live: Live;
  readonly launcher: Pick<Launcher, 'trainer'>;
  readonly data: DataLibrary;
  /** Asked for each checkpoint anew. */
  readonly retention: () => Retention;
  /** A sentence while something of a run needs attention, else empty. */
  readonly onNotice: (runId: number, notice: string) => void;
  /** Called when the end of an attempt at a run is in the store. */
  readonly onEnd: (runId: number) => void;
}

export interface Supervisor {
  /** Trains a queued run in a process of its own; resolves when its end is in the store. Never rejects. */
  train(run: RunRow): Promise<void>;
  /** Asks a run's trainer for a checkpoint and its end; the store says `stopping` already. */
  stop(runId: number, reason: string): void;
  /** Tells a run's trainer to rest, or to go on after a rest in memory. */
  pause(runId: number, way: PauseWay): void;
  resume(runId: number): void;
  /** Tells a run's trainer to train with another learning rate from its next step on. */
  setLearningRate(runId: number, learningRate: number): void;
  /** Asks all trainers to stop without a test; kills those that have not ended after the time given. */
  stopAll(reason: string, withinMs: number): Promise<void>;
  /** Process ids of the trainers at work. */
  pids(): number[];
}

/** Pause before a run that the store would not start is looked at again. */
const RETRY_MS = 2000;

interface Training {
  readonly attempt: Attempt;
  trainer: TrainerProcess | null;
  /** What it was asked for last, before or after it was started: to stop, to rest or to go on. */
  order: Extract<ToTrainer, { type: 'stop' | 'pause' | 'continue' }> | null;
  /** Learning rates that it was asked for before it was started. */
  readonly rates: number[];
}

export function createSupervisor(options: SupervisorOptions): Supervisor {
  const { store, live, launcher } = options;
  const trainings = new Map<number, Training>();

  const tell = (runId: number, order: NonNullable<Training['order']>) => {
    const training = trainings.get(runId);
    if (!training) return;
    training.order = order;
    training.trainer?.channel.send(order);
  };
  const stop = (runId: number, reason: string, test: boolean) => tell(runId, { type: 'stop', reason, test });

  const begin = async (run: RunRow): Promise<number | null> => {
    const notice = (text: string) => options.onNotice(run.id, text);
    if (!makeBallast(store.file)) {
      notice(`Run ${run.id} waits: the disk of the database has hardly any space left`);
      return null;
    }
    try {
      const start = () => store.runs.startAttempt(run.id);
      const attempt = await whileLocked(store, start, Infinity, (isLong) => notice(isLong ? LOCK_NOTICE : ''));
      announceRun(live, run);
      notice('');
      return attempt;
    } catch (error) {
      notice(`Run ${run.id} cannot be started: ${UserError.from(error).message}`);
      return null;
    }
  };

  const train = async (run: RunRow) => {
    const attemptNumber = await begin(run);
    if (attemptNumber === null) return sleep(RETRY_MS);
    const folder = checkpointFolder(store.file, run.id);
    let memory: MemoryWatch | null = null;
    const training: Training = {
      trainer: null,
      order: null,
      rates: [],
      attempt: createAttempt({
        store,
        live,
        runId: run.id,
        attempt: attemptNumber,
        checkpointFolder: folder,
        onCommitted: (step) => training.trainer?.channel.send({ type: 'committed', step }),
        onFault: (error) => {
          training.attempt.fail(error.message);
          training.trainer?.kill();
        },
        retention: options.retention,
        explain: (reason) => memory?.explain(reason) ?? reason,
        onNotice: (notice) => options.onNotice(run.id, notice),
      }),
    };
    trainings.set(run.id, training);
    try {
      makeDurableFolder(folder);
      const trainer = await launcher.trainer();
      training.trainer = trainer;
      memory = watchMemory(trainer.pid, run);
      connect(training, trainer, memory);
      trainer.channel.send({
        type: 'start',
        runId: run.id,
        attempt: attemptNumber,
        network: run.network,
        data: options.data.find(run.data),
        recipe: run.recipe,
        checkpointFolder: folder,
        resume: attemptNumber === 1 && run.parent === null ? null : resumeOf(store, run, folder),
        rateChanges: run.rateChanges,
      });
      for (const learningRate of training.rates) trainer.channel.send({ type: 'learningRate', learningRate });
      if (training.order !== null) trainer.channel.send(training.order);
    } catch (error) {
      training.attempt.fail(`The trainer cannot be started: ${UserError.from(error).message}`);
    }
    await training.attempt.ended;
    trainings.delete(run.id);
    memory?.stop();
    removeStrayCheckpoints(store, run.id);
    options.onNotice(run.id, '');
    options.onEnd(run.id);
    announceRun(live, run);
  };

  return {
    train,
    stop: (runId, reason) => stop(runId, reason, true),
    pause: (runId, way) => tell(runId, { type: 'pause', way }),
    resume: (runId) => tell(runId, { type: 'continue' }),
    setLearningRate(runId, learningRate) {
      const training = trainings.get(runId);
      if (training?.trainer) training.trainer.channel.send({ type: 'learningRate', learningRate });
      else training?.rates.push(learningRate);
    },
    async stopAll(reason, withinMs) {
      const open = [...trainings];
      for (const [runId] of open) stop(runId, reason, false);
      const ended = Promise.all(open.map(([, { attempt }]) => attempt.ended));
      const timer = setTimeout(() => {
        for (const [, training] of open) {
          training.trainer?.kill();
          training.attempt.abandon();
        }
      }, withinMs);
      await ended;
      clearTimeout(timer);
    },
    pids: () => [...trainings.values()].flatMap(({ trainer }) => trainer?.pid ?? []),
  };
}

/** Where an attempt goes on that is not the first. */
function resumeOf(store: Store, run: RunRow, folder: string): Resume {
  const checkpoints = store.checkpoints.list(run.id);
  return {
    checkpoints: checkpoints.map(({ step, file, sha256 }) => ({ step, sha256, file: join(folder, basename(file)) })),
    elapsedMs: run.elapsedMs,
    isFork: run.parent !== null,
  };
}

/**
 * Passes a trainer's messages to its attempt. A message that breaks the contract, or its death, fails the run; one that was
 * killed, and not for want of memory, is interrupted.
 */
function connect({ attempt }: Training, trainer: TrainerProcess, memory: MemoryWatch): void {
  trainer.channel.onMessage((incoming) => {
    const parsed = v.safeParse(FromTrainer, incoming, { abortEarly: true });
    if (parsed.success) return attempt.take(parsed.output);
    attempt.fail(`The trainer sent a message that breaks the contract: ${parsed.issues[0].message}`);
    trainer.kill();
  });
  // A run whose end is in the store already is past failing.
  trainer.onExit((exit) => {
    const isFault = !wasEndedFromOutside(exit) || memory.wasKilled();
    attempt.fail(exitReason(exit), isFault ? 'failed' : 'interrupted');
  });
}
