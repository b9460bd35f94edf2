import type { DataReference } from '../../../src/contract/data.ts';
import { openDataSet } from '../../../src/data/openDataSet.ts';
import { createPipeline } from '../../../src/data/pipeline/pipeline.ts';
import { initialState } from '../../../src/nets/initialise.ts';
import { openSession } from '../../../src/trainer/session.ts';
import { LEARNING_RATE, prepare } from '../engine/load.ts';
import type { BenchRow } from '../row.ts';
import { planOf } from './plan.ts';

const WARM_UP = 5;

/** What share of its time a training loop waits for its batches, which a thread makes beside it on the same cores. */
export async function waitingShare(reference: DataReference, steps: number): Promise<BenchRow> {
  const load = { depth: 20, batchSize: 128 };
  const { program } = prepare(load);
  const session = await openSession(program);
  session.assign(initialState(program, 1));
  const plan = planOf(load.batchSize);
  const dataSet = openDataSet(reference);
  const pipeline = createPipeline({ reference, dataSet, part: 'train', plan, workers: 1 });
  try {
    let [start, waitedBefore] = [0, 0];
    for (let step = 1; step <= WARM_UP + steps; step += 1) {
      session.step(await pipeline.at(step), LEARNING_RATE);
      if (step === WARM_UP) [start, waitedBefore] = [performance.now(), pipeline.waitedMs()];
    }
    const ms = (performance.now() - start) / steps;
    const waited = (pipeline.waitedMs() - waitedBefore) / steps;
    return {
      name: `ResNet-${load.depth} V2, batch ${load.batchSize}: waiting for data, 1 worker`,
      value: (waited / ms) * 100,
      unit: '% of a step',
      note: `${waited.toFixed(2)} of ${ms.toFixed(0)} ms, mean of ${steps} steps`,
    };
  } finally {
    await pipeline.close();
    session.close();
  }
}
