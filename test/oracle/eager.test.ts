import fc from 'fast-check';
import { expect, test } from 'vitest';
import type { NetworkInput, NetworkSpec } from '../../src/contract/network.ts';
import type { TrainingProgram } from '../../src/engine/program.ts';
import { compileTrainingProgram } from '../../src/nets/trainingProgram.ts';
import { openSession } from '../../src/trainer/session.ts';
import { loadEager } from './eager.ts';
import { distanceToEager } from './eagerDistance.ts';
import { hashedBatch, PIXEL_MEAN, PIXEL_STD } from './numbers.ts';

const tf = loadEager();

const TOLERANCE = 5e-4;
/**
 * Both sides round differently, so in one batch of ten some ReLU at its kink tips over on one side and all gradients
 * below it change by a percent. A wrong rule is wrong for every batch.
 */
const BATCHES = 3;

const network: fc.Arbitrary<NetworkSpec> = fc
  .record({
    version: fc.constantFrom('v1' as const, 'v2' as const),
    plan: fc.constantFrom(
      { block: 'basic' as const, depth: 8 },
      { block: 'basic' as const, depth: 14 },
      { block: 'bottleneck' as const, depth: 11 },
      { block: 'bottleneck' as const, depth: 20 },
    ),
  })
  .map(({ version, plan }) => ({ version, ...plan }));

const size = fc.integer({ min: 8, max: 14 });
const input: fc.Arbitrary<NetworkInput> = fc.record({
  height: size,
  width: size,
  channels: fc.integer({ min: 1, max: 4 }),
  classes: fc.integer({ min: 2, max: 12 }),
});

function compile(network: NetworkSpec, images: NetworkInput): TrainingProgram {
  return compileTrainingProgram(network, images, {
    optimiser: { kind: 'sgd', momentum: 0.9, nesterov: false },
    weightDecay: 0,
    decayAll: true,
    clipNorm: null,
    imageMean: Array.from({ length: images.channels }, () => PIXEL_MEAN),
    imageStd: Array.from({ length: images.channels }, () => PIXEL_STD),
  });
}

test('loss and every gradient are those of the same network run eagerly, whatever its shape', async () => {
  await fc.assert(
    fc.asyncProperty(
      network,
      input,
      fc.nat(500),
      fc.integer({ min: 5, max: 9 }),
      async (spec, images, index, count) => {
        const program = compile(spec, images);
        const session = await openSession(program);
        const batches = Array.from({ length: BATCHES }, (_, nth) => hashedBatch(program, index + nth, count));
        const agrees = batches.some((batch) => {
          const { loss, gradient } = distanceToEager(tf, session, { network: spec, program, batch, drops: null });
          expect(loss).toBeLessThan(TOLERANCE);
          return gradient < TOLERANCE;
        });
        session.close();
        expect(agrees).toBe(true);
      },
    ),
    { numRuns: 24, seed: 20260, endOnFailure: true },
  );
});
