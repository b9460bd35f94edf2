import fc from 'fast-check';
import { expect, test } from 'vitest';
import type { Architecture, Block } from '../../src/contract/architecture.ts';
import { ActivationOrder, ShortcutKind } from '../../src/contract/block.ts';
import type { NetworkInput } from '../../src/contract/network.ts';
import type { TrainingProgram } from '../../src/engine/program.ts';
import { openSession, type Batch } from '../../src/trainer/session.ts';
import { eagerLoss, eagerVariables, loadEager } from './eager.ts';
import { hashedBatch, hashedState, PIXEL_MEAN, PIXEL_STD } from './numbers.ts';
import { architectureProgram } from './programs.ts';

const tf = loadEager();

/** Of a gradient's norm. */
const TOLERANCE = 1e-3;
/** Distance that float32 explains where a gradient is all but zero. */
const ROUNDING = 2e-5;
/** A ReLU at its kink, or two pixels of a pool that are all but equal, may tip over on one side: not in every batch. */
const BATCHES = 4;

const block: fc.Arbitrary<Block> = fc
  .record({
    kind: fc.constantFrom('basic' as const, 'bottleneck' as const),
    activation: fc.constantFrom(...ActivationOrder.options),
    shortcut: fc.constantFrom(...ShortcutKind.options),
    activationBeforeSplit: fc.boolean(),
    width: fc.integer({ min: 2, max: 9 }),
    stride: fc.integer({ min: 1, max: 2 }),
    repeat: fc.integer({ min: 1, max: 2 }),
    expansion: fc.option(fc.integer({ min: 1, max: 3 }), { nil: undefined }),
    se: fc.option(fc.integer({ min: 1, max: 8 }), { nil: undefined }),
  })
  .map(({ expansion, se, ...rest }) => ({
    ...rest,
    drop: 0,
    ...(expansion === undefined ? {} : { expansion }),
    ...(se === undefined ? {} : { se }),
  }));

const architecture: fc.Arbitrary<Architecture> = fc.record({
  stem: fc.record({
    window: fc.constantFrom(1 as const, 3 as const, 5 as const, 7 as const),
    width: fc.integer({ min: 2, max: 9 }),
    stride: fc.integer({ min: 1, max: 2 }),
    pool: fc.boolean(),
  }),
  stages: fc.array(fc.record({ blocks: fc.array(block, { minLength: 1, maxLength: 2 }) }), {
    minLength: 1,
    maxLength: 2,
  }),
});

const size = fc.integer({ min: 12, max: 20 });
const input: fc.Arbitrary<NetworkInput> = fc.record({
  height: size,
  width: size,
  channels: fc.integer({ min: 1, max: 3 }),
  classes: fc.integer({ min: 2, max: 6 }),
});

function eagerStep(network: Architecture, program: TrainingProgram, parameters: Float32Array, batch: Batch) {
  const variables = eagerVariables(tf, program, parameters);
  const pixels = { input: program.input, mean: PIXEL_MEAN, std: PIXEL_STD };
  const { value, grads } = tf.variableGrads(() => eagerLoss(tf, network, variables, batch, pixels));
  const gradients = new Map(
    Object.entries(variables).map(([name, variable]) => [name, grads[variable.name]!.dataSync<'float32'>()]),
  );
  const loss = value.dataSync()[0]!;
  tf.dispose([variables, grads, value]);
  return { loss, gradients };
}

const norm = (values: Float32Array) => Math.sqrt(values.reduce((sum, value) => sum + value * value, 0));

test('loss and every gradient of any architecture are those of the same one run eagerly', async () => {
  await fc.assert(
    fc.asyncProperty(architecture, input, fc.nat(500), async (network, images, index) => {
      const program = architectureProgram(network, images);
      const session = await openSession(program);
      const state = hashedState(program);
      const agrees = Array.from({ length: BATCHES }, (_, nth) => hashedBatch(program, index + nth, 8)).some((batch) => {
        session.assign(state);
        const [loss] = session.step(batch, 0);
        const momentum = session.read().momentum!;
        const eager = eagerStep(network, program, state.parameters, batch);
        expect(Math.abs(loss! / eager.loss - 1)).toBeLessThan(TOLERANCE);
        return program.parameters.every(({ name, offset, size: length }) => {
          const expected = eager.gradients.get(name)!;
          const difference = momentum.subarray(offset, offset + length).map((value, at) => value - expected[at]!);
          return norm(difference) - ROUNDING < TOLERANCE * norm(expected);
        });
      });
      session.close();
      expect(agrees).toBe(true);
    }),
    { numRuns: 20, seed: 20261, endOnFailure: true },
  );
});
