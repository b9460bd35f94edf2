import { setImmediate as nextTurn } from 'node:timers/promises';
import type { EvaluationResults } from '../contract/run.ts';
import { createPipeline } from '../data/pipeline/pipeline.ts';
import type { PreparedRun } from './prepareRun.ts';

/** At least: nothing is kept for gradients, so that a batch takes far less memory than in training. */
const MIN_BATCH_SIZE = 64;

interface Evaluation {
  /** Mean cross-entropy over the images. */
  readonly loss: number;
  /** Fraction, 0 to 1. */
  readonly accuracy: number;
}

type ShouldStop = () => boolean;

/** Evaluates the test images with the running averages; null where it was asked to stop midway. */
export function evaluateTest(run: PreparedRun, shouldStop: ShouldStop): Promise<Evaluation | null> {
  return evaluate(run, 'test', null, shouldStop);
}

/** Evaluates the held-out images or, where there are none, the test images. */
export async function evaluateEpoch(run: PreparedRun, shouldStop: ShouldStop): Promise<EvaluationResults | null> {
  const { heldOut } = run;
  const result = await (heldOut ? evaluate(run, 'train', heldOut, shouldStop) : evaluateTest(run, shouldStop));
  if (!result) return null;
  const { loss, accuracy } = result;
  return heldOut
    ? { validationLoss: loss, validationAccuracy: accuracy, testLoss: null, testAccuracy: null }
    : { validationLoss: null, validationAccuracy: null, testLoss: loss, testAccuracy: accuracy };
}

async function evaluate(
  { start, session, dataSet }: PreparedRun,
  part: 'train' | 'test',
  images: Uint32Array | null,
  shouldStop: ShouldStop,
): Promise<Evaluation | null> {
  const batchSize = Math.max(start.recipe.batchSize, MIN_BATCH_SIZE);
  const count = images?.length ?? dataSet[part].count;
  const { seed } = start.recipe;
  const plan = { purpose: 'evaluate', batchSize, seed, images, recipe: start.recipe } as const;
  const pipeline = createPipeline({ reference: start.data, dataSet, part, plan });
  let lossSum = 0;
  let correct = 0;
  try {
    for (let step = 1; step <= pipeline.batches; step += 1) {
      await nextTurn();
      if (shouldStop()) return null;
      const result = session.evaluate(await pipeline.at(step));
      lossSum += result.lossSum;
      correct += result.correct;
    }
    return { loss: lossSum / count, accuracy: correct / count };
  } finally {
    await pipeline.close();
  }
}
