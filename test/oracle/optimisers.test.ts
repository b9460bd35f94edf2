import { describe, expect, test } from 'vitest';
import type { NetworkSpec } from '../../src/contract/network.ts';
import { vectorOf, type OptimiserOptions, type SlotName } from '../../src/engine/program.ts';
import { compileTrainingProgram } from '../../src/nets/trainingProgram.ts';
import { openSession } from '../../src/trainer/session.ts';
import { expectClose, expectTensors, type Digests } from './agreement.ts';
import fixtures from './fixtures/optimisers.json' with { type: 'json' };
import { hashedBatch, hashedState, PIXEL_MEAN, PIXEL_STD } from './numbers.ts';

type Case = (typeof fixtures.cases)[number];

/** Of a tensor's norm after ten steps, float32 against float64; AdamW divides by roots of small numbers. */
const TOLERANCE = { sgd: 3e-5, adamw: 1e-4 };

function compile(one: Case) {
  const [height = 0, width = 0, channels = 0] = one.size;
  return compileTrainingProgram(
    { version: one.version, block: one.block, depth: one.depth } as NetworkSpec,
    { height, width, channels, classes: one.classes },
    {
      optimiser: one.optimiser as OptimiserOptions,
      weightDecay: one.decay,
      decayAll: one.decayAll,
      clipNorm: one.clip,
      labelSmoothing: one.smoothing,
      weightAverage: one.average,
      imageMean: Array.from({ length: channels }, () => PIXEL_MEAN),
      imageStd: Array.from({ length: channels }, () => PIXEL_STD),
    },
  );
}

const title = ({ version, optimiser, decay, decayAll, clip, smoothing, average }: Case) =>
  `${version}, ${JSON.stringify(optimiser)}, decay ${decay} of ${decayAll ? 'all' : 'kernels'}, clip ${clip ?? 'off'}, smoothing ${smoothing}, average ${average ?? 'off'}`;

describe.each(fixtures.cases.map((one) => [title(one), one] as const))('as PyTorch: %s', (_title, one) => {
  test('ten steps: losses, parameters, and what the optimiser keeps', async () => {
    const tolerance = TOLERANCE[one.optimiser.kind as OptimiserOptions['kind']];
    const program = compile(one);
    const session = await openSession(program);
    session.assign(hashedState(program));
    const losses = one.batches.map((count, index) => session.step(hashedBatch(program, index, count), one.rate)[0]!);
    const state = session.read();
    const { lossSum } = session.evaluate(hashedBatch(program, 0, one.batches[0]!));
    session.close();
    expectClose(losses, one.losses, tolerance);
    expectTensors(state.parameters, program.parameters, one.parameters, tolerance);
    for (const [slot, expected] of Object.entries(one.slots)) {
      expectTensors(vectorOf(state, slot as SlotName), program.parameters, expected as Digests, 3 * tolerance);
    }
    if (one.average !== null) {
      const averages = [state.averageParameters!, state.averageStatistics!] as const;
      expectTensors(averages[0], program.parameters, one.averageParameters, tolerance);
      expectTensors(averages[1], program.statistics, one.averageStatistics, tolerance);
    }
    // The test loss is of the label alone, whatever the smoothing of the training loss.
    expectClose([lossSum], [one.testLossSum], 3 * tolerance);
    if (one.optimiser.kind === 'adamw') expect(state.updates).toEqual(Float32Array.of(one.batches.length));
  });
});
