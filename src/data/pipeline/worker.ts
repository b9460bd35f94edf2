import { parentPort, workerData } from 'node:worker_threads';
import { UserError } from '../../contract/errors.ts';
import { openDataSet } from '../openDataSet.ts';
import { batchMemory } from './batch.ts';
import { createFiller } from './filler.ts';
import type { WorkerAnswer, WorkerStart, WorkerTask } from './workerMessages.ts';

/** A thread that makes batches: it opens the data set itself and writes into memory that it shares. */

const { reference, part, plan, slots } = workerData as WorkerStart;
const { input } = reference.info;
const memories = slots.map((slot) => batchMemory(slot, plan.batchSize, input));
const filler = createFiller(openDataSet(reference)[part], reference.info, plan);
const answer = (message: WorkerAnswer) => parentPort?.postMessage(message);

let last: Promise<void> = Promise.resolve();
parentPort?.on('message', (task: WorkerTask) => {
  // One after another: an epoch's order is kept once.
  last = last.then(async () => {
    try {
      answer({ ...task, count: await filler.fill(task.step, memories[task.slot]!) });
    } catch (error) {
      answer({ ...task, error: UserError.from(error).toData() });
    }
  });
});
