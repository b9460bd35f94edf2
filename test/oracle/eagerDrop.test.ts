import fc from 'fast-check';
import { expect, test } from 'vitest';
import type { NetworkSpec } from '../../src/contract/network.ts';
import { drawDrops, type FinalDrop } from '../../src/nets/drop.ts';
import { compileTrainingProgram } from '../../src/nets/trainingProgram.ts';
import { openSession } from '../../src/trainer/session.ts';
import { loadEager } from './eager.ts';
import { distanceToEager } from './eagerDistance.ts';
import { hashedBatch, PIXEL_MEAN, PIXEL_STD } from './numbers.ts';

const tf = loadEager();

const TOLERANCE = 5e-4;
/** As in eager.test.ts: a ReLU at its kink may tip over on one side. */
const BATCHES = 3;

const plan = fc.constantFrom(
  { block: 'basic' as const, depth: 14 },
  { block: 'bottleneck' as const, depth: 11 },
  { block: 'bottleneck' as const, depth: 20 },
);

/** Every order of activation and every shortcut, with and without squeeze and excitation. */
const network: fc.Arbitrary<NetworkSpec> = fc
  .record({
    plan,
    order: fc.constantFrom(
      { version: 'v1', activation: 'original' } as const,
      { version: 'v1', activation: 'bn-after-addition' } as const,
      { version: 'v1', activation: 'relu-before-addition' } as const,
      { version: 'v2', activation: 'relu-only-preactivation' } as const,
      { version: 'v2', activation: 'full-preactivation' } as const,
      { version: 'v2', activation: 'full-preactivation', activationBeforeSplit: true } as const,
    ),
    shortcut: fc.constantFrom(
      'identity' as const,
      'zero-padding' as const,
      'projection' as const,
      'constant-scaling' as const,
      'exclusive-gating' as const,
      'shortcut-only-gating' as const,
    ),
    excited: fc.constantFrom({}, { se: 4 }),
  })
  .map(({ plan: sizes, order, shortcut, excited }) => ({ ...sizes, ...order, shortcut, ...excited }));

const drop: fc.Arbitrary<FinalDrop> = fc.constantFrom(
  { stochasticDepth: 0.8, dropPath: null },
  { stochasticDepth: null, dropPath: 0.5 },
  { stochasticDepth: 0.6, dropPath: 0.4 },
);

const recompute = fc.constantFrom('off' as const, 'half' as const, 'quarter' as const);

test('whatever is dropped, loss and gradients are those of an eager network whose residuals are multiplied by it', async () => {
  await fc.assert(
    fc.asyncProperty(network, drop, recompute, fc.nat(500), async (spec, rates, again, seed) => {
      const input = { height: 9, width: 8, channels: 2, classes: 5 };
      const program = compileTrainingProgram(
        spec,
        input,
        {
          optimiser: { kind: 'sgd', momentum: 0.9, nesterov: false },
          weightDecay: 0,
          decayAll: true,
          clipNorm: null,
          imageMean: [PIXEL_MEAN, PIXEL_MEAN],
          imageStd: [PIXEL_STD, PIXEL_STD],
          recompute: again,
        },
        rates,
      );
      const session = await openSession(program);
      const agrees = Array.from({ length: BATCHES }, (_, nth) => seed + nth).some((step) => {
        const drops = drawDrops(program, { seed, step, images: 6 });
        const batch = hashedBatch(program, step, 6);
        const { loss, gradient } = distanceToEager(tf, session, { network: spec, program, batch, drops });
        expect(loss).toBeLessThan(TOLERANCE);
        return gradient < TOLERANCE;
      });
      session.close();
      expect(agrees).toBe(true);
    }),
    { numRuns: 12, seed: 20261, endOnFailure: true },
  );
});
