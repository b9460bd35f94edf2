import { setImmediate as nextTurn } from 'node:timers/promises';
import type { EvaluationResults } from '../contract/run.ts';
import type { DataSet } from '../data/dataSet.ts';
import { createPipeline, type Pipeline } from '../data/pipeline/pipeline.ts';
import type { StartMessage } from './control.ts';
import type { PreparedRun } from './prepareRun.ts';
import type { TrainingSession } from './session.ts';

/** At least: nothing is kept for gradients, so that a batch takes far less memory than in training. */
const MIN_BATCH_SIZE = 64;

interface Evaluation {
  /** Mean cross-entropy over the images. */
  readonly loss: number;
  /** Fraction, 0 to 1. */
  readonly accuracy: number;
}

type ShouldStop = () => boolean;

/** Batches of some images (null: all) of a part, in their order. */
export function openEvaluation(
  { data, recipe }: StartMessage,
  dataSet: DataSet,
  part: 'train' | 'test',
  images: Uint32Array | null,
): Pipeline {
  const batchSize = Math.max(recipe.batchSize, MIN_BATCH_SIZE);
  const plan = { purpose: 'evaluate', batchSize, seed: recipe.seed, images, recipe } as const;
  return createPipeline({ reference: data, dataSet, part, plan });
}

/** Evaluates the test images with the running averages; null where it was asked to stop midway. */
export async function evaluateTest(
  { start, dataSet, session }: PreparedRun,
  shouldStop: ShouldStop,
): Promise<Evaluation | null> {
  const batches = openEvaluation(start, dataSet, 'test', null);
  try {
    return await evaluate(session, batches, shouldStop);
  } finally {
    await batches.close();
  }
}

/** Evaluates the held-out images or, where there are none, the test images. */
export async function evaluateEpoch(
  { heldOut, session, evaluationBatches }: PreparedRun,
  shouldStop: ShouldStop,
): Promise<EvaluationResults | null> {
  const result = await evaluate(session, evaluationBatches, shouldStop);
  if (!result) return null;
  const { loss, accuracy } = result;
  return heldOut
    ? { validationLoss: loss, validationAccuracy: accuracy, testLoss: null, testAccuracy: null }
    : { validationLoss: null, validationAccuracy: null, testLoss: loss, testAccuracy: accuracy };
}

async function evaluate(
  session: TrainingSession,
  pipeline: Pipeline,
  shouldStop: ShouldStop,
): Promise<Evaluation | null> {
  let [count, lossSum, correct] = [0, 0, 0];
  for (let step = 1; step <= pipeline.batches; step += 1) {
    await nextTurn();
    if (shouldStop()) return null;
    const batch = await pipeline.at(step);
    const result = session.evaluate(batch);
    count += batch.count;
    lossSum += result.lossSum;
    correct += result.correct;
  }
  return { loss: lossSum / count, accuracy: correct / count };
}
