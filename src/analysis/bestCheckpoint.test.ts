import { expect, it } from 'vitest';
import type { EpochRow } from '../contract/run.ts';
import { bestCheckpoint } from './bestCheckpoint.ts';

const epoch = (step: number, validationAccuracy: number | null, testAccuracy: number | null): EpochRow => ({
  runId: 1,
  epoch: step / 10,
  step,
  trainLoss: 1,
  trainAccuracy: 0.5,
  validationLoss: 1,
  validationAccuracy,
  testLoss: 1,
  testAccuracy,
  learningRate: 0.1,
  elapsedMs: 1,
});
const checkpoint = (step: number) => ({ step, file: `${step}`, bytes: 1, sha256: 'x', createdAt: 1 });
const checkpoints = [10, 20, 30, 35].map(checkpoint);

it('is chosen by validation accuracy where images are held out, whatever the test says', () => {
  const epochs = [epoch(10, 0.8, 0.99), epoch(20, 0.9, 0.5), epoch(30, 0.9, 0.4)];
  expect(bestCheckpoint({ validationShare: 0.1 }, epochs, checkpoints)?.step).toBe(30);
  expect(bestCheckpoint({ validationShare: 0 }, epochs, checkpoints)?.step).toBe(10);
});

it('is the newest where no epoch ends at one, and none where there is none', () => {
  expect(bestCheckpoint({ validationShare: 0.1 }, [], checkpoints)?.step).toBe(35);
  expect(bestCheckpoint({ validationShare: 0.1 }, [], [])).toBeUndefined();
});
