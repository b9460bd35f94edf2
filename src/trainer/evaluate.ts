import { setImmediate as nextTurn } from 'node:timers/promises';
import { eachBatch } from '../data/batches.ts';
import type { DataSet, PixelSet } from '../data/dataSet.ts';
import type { TrainingSession } from './session.ts';

/** At least: nothing is kept for gradients, so that a batch takes far less memory than in training. */
const MIN_BATCH_SIZE = 64;

export interface TestResult {
  /** Mean cross-entropy over the test images. */
  readonly loss: number;
  /** Fraction, 0 to 1. */
  readonly accuracy: number;
}

/** Evaluates the whole test set with the running averages; null where it was asked to stop midway. */
export async function evaluateTestSet(
  session: TrainingSession,
  { test, info }: DataSet<PixelSet>,
  batchSize: number,
  shouldStop: () => boolean,
): Promise<TestResult | null> {
  let lossSum = 0;
  let correct = 0;
  for (const batch of eachBatch(test, info.input, Math.max(batchSize, MIN_BATCH_SIZE))) {
    await nextTurn();
    if (shouldStop()) return null;
    const result = session.evaluate(batch);
    lossSum += result.lossSum;
    correct += result.correct;
  }
  return { loss: lossSum / test.count, accuracy: correct / test.count };
}
