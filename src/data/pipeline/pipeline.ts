import { availableParallelism } from 'node:os';
import { Worker } from 'node:worker_threads';
import type { DataReference } from '../../contract/data.ts';
import { UserError } from '../../contract/errors.ts';
import { mixesImages } from '../augment/augmentation.ts';
import type { DataSet } from '../dataSet.ts';
import { loadDecoders } from '../decoders.ts';
import { workerFile } from '../workerFile.ts';
import { batchBytes, batchMemory, batchOf, type Batch } from './batch.ts';
import { createFiller, type BatchPlan } from './filler.ts';
import type { WorkerAnswer, WorkerStart, WorkerTask } from './workerMessages.ts';

/** Batches, made ahead of whoever asks for them. */
export interface Pipeline {
  /** Of an epoch, or of an evaluation. */
  readonly batches: number;
  /**
   * The batch of a step; steps count from 1 and any step may be asked for, but one after another is fast. Its arrays are good
   * until the next call. Rejects with a `UserError` where an image cannot be read.
   */
  at(step: number): Promise<Batch>;
  /** How long callers have waited for batches. */
  waitedMs(): number;
  close(): Promise<void>;
}

export interface PipelineOptions {
  readonly reference: DataReference;
  readonly dataSet: DataSet;
  readonly part: 'train' | 'test';
  readonly plan: BatchPlan;
  /** Threads; 0: none, the caller's own thread makes each batch. Left out: as the images and the machine have it. */
  readonly workers?: number;
}

/** Batches of pixels up to this size are copied faster than another thread is told to. */
const SMALL_BATCH_BYTES = 100_000;
const MOST_WORKERS = 4;
/** Batches that are ready or being made beyond one for each worker. */
const SPARE_SLOTS = 2;

export function createPipeline(options: PipelineOptions): Pipeline {
  const workers = options.workers ?? usualWorkers(options);
  return workers === 0 ? createOwnThreadPipeline(options) : createWorkerPipeline(options, workers);
}

/** Environment variable `DEPTHLAB_DATA_WORKERS`, else one for each core but one, at most four; none for small pixels. */
function usualWorkers({ reference: { info }, plan }: PipelineOptions): number {
  const asked = process.env['DEPTHLAB_DATA_WORKERS'];
  if (asked !== undefined && /^\d{1,3}$/.test(asked)) return Number(asked);
  const isPixels = info.storage === 'pixels';
  // An evaluation only copies them.
  if (isPixels && plan.purpose === 'evaluate') return 0;
  if (isPixels && batchBytes(plan.batchSize, info.input) < SMALL_BATCH_BYTES) return 0;
  return Math.min(MOST_WORKERS, Math.max(1, availableParallelism() - 1));
}

function createOwnThreadPipeline({ reference: { info }, dataSet, part, plan }: PipelineOptions): Pipeline {
  const { input } = info;
  const filler = createFiller(dataSet[part], info, plan);
  const memory = batchMemory(new ArrayBuffer(batchBytes(plan.batchSize, input)), plan.batchSize, input);
  const isMixed = plan.purpose === 'train' && mixesImages(plan.recipe);
  let waitedMs = 0;
  return {
    batches: filler.batches,
    at: async (step) => {
      const start = performance.now();
      const count = await filler.fill(step, memory);
      waitedMs += performance.now() - start;
      return batchOf(memory, count, input, isMixed);
    },
    waitedMs: () => waitedMs,
    close: () => Promise.resolve(),
  };
}

/** Where a batch is made: for no step, for one that a worker is at, or for one that is ready or has failed. */
interface Slot {
  step: number | null;
  isBusy: boolean;
  answer: WorkerAnswer | null;
}

function createWorkerPipeline({ reference, dataSet, part, plan }: PipelineOptions, workerCount: number): Pipeline {
  const { input, storage } = reference.info;
  const { batchSize } = plan;
  if (storage === 'pictures') loadDecoders();
  const buffers = Array.from(
    { length: workerCount + SPARE_SLOTS },
    () => new SharedArrayBuffer(batchBytes(batchSize, input)),
  );
  const memories = buffers.map((buffer) => batchMemory(buffer, batchSize, input));
  const slots = buffers.map((): Slot => ({ step: null, isBusy: false, answer: null }));
  const count = plan.images?.length ?? dataSet[part].count;
  const batches = Math.ceil(count / batchSize);
  const isMixed = plan.purpose === 'train' && mixesImages(plan.recipe);
  const start: WorkerStart = { reference, part, plan, slots: buffers };
  let failure: Error | null = null;
  let changed = Promise.withResolvers<undefined>();
  let turn = 0;
  let waitedMs = 0;
  let isClosed = false;

  const announce = () => {
    changed.resolve(undefined);
    changed = Promise.withResolvers<undefined>();
  };
  const fail = (error: Error) => {
    failure ??= error;
    announce();
  };
  const workers = Array.from({ length: workerCount }, () => {
    const worker = new Worker(workerFile(import.meta.url, 'worker.ts', 'dataWorker.js'), {
      workerData: start,
      execArgv: [],
    });
    worker.on('message', (answer: WorkerAnswer) => {
      const slot = slots[answer.slot]!;
      slot.isBusy = false;
      // A step that is no longer wanted leaves its slot free.
      if (slot.step === answer.step) slot.answer = answer;
      announce();
    });
    worker.on('error', (error) => fail(UserError.from(error)));
    worker.on('exit', (code) => {
      if (!isClosed) fail(threadEnded(code));
    });
    // The process waits for a batch that is asked for, and for no other.
    worker.unref();
    return worker;
  });

  const isLast = (step: number) => plan.purpose === 'evaluate' && step > batches;
  /** Keeps what is wanted from `step` on, and has the rest made. */
  const schedule = (step: number) => {
    const wanted = slots.map((_, ahead) => step + ahead).filter((each) => !isLast(each));
    for (const slot of slots) {
      if (slot.step === null || wanted.includes(slot.step)) continue;
      slot.step = null;
      slot.answer = null;
    }
    for (const each of wanted) {
      if (slots.some((slot) => slot.step === each)) continue;
      const free = slots.findIndex((slot) => slot.step === null && !slot.isBusy);
      if (free < 0) return;
      slots[free] = { step: each, isBusy: true, answer: null };
      workers[turn]!.postMessage({ slot: free, step: each } satisfies WorkerTask);
      turn = (turn + 1) % workerCount;
    }
  };

  /** Resolves with the place of a step's batch once it is made. */
  const ready = async (step: number): Promise<number> => {
    for (;;) {
      schedule(step);
      if (failure) throw failure;
      const place = slots.findIndex((slot) => slot.step === step && slot.answer !== null);
      if (place >= 0) return place;
      await changed.promise;
    }
  };

  return {
    batches,
    at: async (step) => {
      const start = performance.now();
      for (const worker of workers) worker.ref();
      try {
        const place = await ready(step);
        const answer = slots[place]!.answer!;
        if ('error' in answer) throw new UserError(answer.error);
        return batchOf(memories[place]!, answer.count, input, isMixed);
      } finally {
        for (const worker of workers) worker.unref();
        waitedMs += performance.now() - start;
      }
    },
    waitedMs: () => waitedMs,
    close: async () => {
      isClosed = true;
      await Promise.all(workers.map((worker) => worker.terminate()));
    },
  };
}

function threadEnded(code: number): UserError {
  return new UserError({
    code: 'failed',
    message: `A thread that reads images ended by itself (${code})`,
    where: 'data',
    hint: 'Start the run again; if it ends again, one of the images may be what ends it',
  });
}
