import { describe, expect, it } from 'vitest';
import { runRow } from './runRow.fixture.ts';
import { trainingTime, type TrainingPlan } from './trainingTime.ts';

const network = { version: 'v2', depth: 110, block: 'basic' } as const;
const data = { name: 'digits', trainImages: 1000 };

function plan(change: Partial<TrainingPlan> = {}): TrainingPlan {
  return {
    networks: [network],
    seeds: 1,
    data,
    recipe: { epochs: 2, batchSize: 64, maxSteps: null, validationShare: 0 },
    ...change,
  };
}

/** 1,000 images at 500 a second, and three seconds beside the steps. */
const earlier = runRow({
  network,
  lastStep: 16,
  imagesPerSecond: 500,
  elapsedMs: 5000,
  recipe: { batchSize: 64, validationShare: 0 },
});

describe('the training time of a plan', () => {
  it('is that of its images at the pace of earlier runs, and what comes on top of the steps', () => {
    expect(trainingTime(plan(), [earlier])).toEqual({ runMs: [7000], totalMs: 7000, earlierRuns: 1 });
    expect(trainingTime(plan({ seeds: 3 }), [earlier]).totalMs).toBe(21_000);
  });

  it('counts the images of an epoch cut short', () => {
    const recipe = { epochs: 2, batchSize: 64, maxSteps: 17, validationShare: 0 };
    expect(trainingTime(plan({ recipe }), [earlier]).totalMs).toBe(3000 + 2 * 1064);
  });

  it('takes the mean of several runs', () => {
    const slower = { ...earlier, imagesPerSecond: 250, elapsedMs: 7000 };
    expect(trainingTime(plan(), [earlier, slower])).toEqual({ runMs: [9000], totalMs: 9000, earlierRuns: 2 });
  });

  it.each([
    ['another depth', { network: { ...network, depth: 56 } }],
    ['another version', { network: { ...network, version: 'v1' as const } }],
    ['another block', { network: { ...network, block: 'bottleneck' as const } }],
    ['another data set', { data: 'cifar10' }],
    ['a run that failed', { state: 'failed' as const }],
    ['a run without a speed', { imagesPerSecond: null }],
    ['another batch size', { recipe: { batchSize: 128 } }],
  ])('learns nothing from %s', (_what, change) => {
    const other = runRow({ ...earlier, ...change });
    expect(trainingTime(plan(), [other])).toEqual({ runMs: [null], totalMs: null, earlierRuns: 0 });
  });

  it('leaves networks open that have never been trained', () => {
    const deeper = { ...network, depth: 164 };
    const time = trainingTime(plan({ networks: [network, deeper] }), [earlier]);
    expect(time).toEqual({ runMs: [7000, null], totalMs: 7000, earlierRuns: 1 });
  });
});
