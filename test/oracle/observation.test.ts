import { describe, expect, onTestFinished, test } from 'vitest';
import type { NetworkSpec } from '../../src/contract/network.ts';
import { OBSERVED_QUANTITIES, SITE_OF, type ObservedQuantity } from '../../src/contract/flow.ts';
import type { ProgramOptions, TrainingProgram } from '../../src/engine/program.ts';
import { drawDrops, type FinalDrop } from '../../src/nets/drop.ts';
import { buildNetwork } from '../../src/nets/resnet.ts';
import { compileTrainingProgram } from '../../src/nets/trainingProgram.ts';
import { openSession, type TrainingSession } from '../../src/trainer/session.ts';
import { hashedBatch, hashedState, PIXEL_MEAN, PIXEL_STD } from './numbers.ts';
import { plainForward, type Activation } from './plainForward.ts';
import { smallOptions } from './programs.ts';

const input = { height: 8, width: 8, channels: 1, classes: 10 };
const V1: NetworkSpec = { version: 'v1', block: 'basic', depth: 8 };
const V2: NetworkSpec = { version: 'v2', block: 'basic', depth: 14 };

interface Case {
  readonly network: NetworkSpec;
  readonly options?: Partial<ProgramOptions>;
  readonly drop?: FinalDrop;
}

async function open({ network, options, drop }: Case, observe: boolean) {
  const program = compileTrainingProgram(network, input, { ...smallOptions(), ...options, observe }, drop);
  const session = await openSession(program);
  onTestFinished(() => session.close());
  session.assign(hashedState(program));
  return { program, session };
}

const CASES: readonly Case[] = [
  { network: V1 },
  { network: V2 },
  { network: { version: 'v1', block: 'bottleneck', depth: 11, shortcut: 'projection' } },
  { network: { version: 'v2', block: 'bottleneck', depth: 11, se: 4 } },
  { network: V2, options: { recompute: 'quarter' } },
  { network: V2, options: { microBatches: 3 } },
  { network: V1, options: { precision: 'bfloat16' } },
  {
    network: V2,
    options: { optimiser: { kind: 'adamw', beta1: 0.9, beta2: 0.999, epsilon: 1e-8 }, weightAverage: 0.9 },
  },
  { network: V2, drop: { stochasticDepth: 0.5, dropPath: 0.2 } },
];

test.each(CASES)(
  'observing changes no bit of the training of $network with options $options and drop $drop',
  async (one) => {
    const train = async (every: number) => {
      const { program, session } = await open(one, every > 0);
      const metrics = [13, 13, 7, 13].map((count, index) => {
        const batch = hashedBatch(program, index, count);
        const drops = drawDrops(program, { seed: 1, step: index + 1, images: count });
        return every > 0 && index % every === 0
          ? session.observedStep(batch, 0.05, drops).metrics
          : session.step(batch, 0.05, drops);
      });
      return { metrics, state: session.read() };
    };
    const plain = await train(0);
    expect(await train(1)).toEqual(plain);
    expect(await train(2)).toEqual(plain);
  },
);

/** An observation by quantity: one number a layer. */
function parted(program: TrainingProgram, observation: Float32Array): Record<ObservedQuantity, Float32Array> {
  const counts = {
    parameter: program.parameters.length,
    relu: program.observedLayers!.relu.length,
    batchNorm: program.observedLayers!.batchNorm.length,
  };
  let offset = 0;
  const parts = OBSERVED_QUANTITIES.map((quantity) => {
    const count = counts[SITE_OF[quantity]];
    offset += count;
    return [quantity, observation.subarray(offset - count, offset)] as const;
  });
  expect(offset).toBe(observation.length);
  return Object.fromEntries(parts) as Record<ObservedQuantity, Float32Array>;
}

const norm = (values: Float32Array) => Math.sqrt(values.reduce((sum, value) => sum + value ** 2, 0));
const slice = (vector: Float32Array, { offset, size }: { offset: number; size: number }) =>
  vector.subarray(offset, offset + size);

/** Within a share of the expected number, or of 1 where that is less. */
function expectClose(actual: Float32Array, expected: readonly number[], share: number): void {
  expect(actual).toHaveLength(expected.length);
  expected.forEach((value, index) => {
    expect(Math.abs(actual[index]! - value), `place ${index}: ${actual[index]} for ${value}`).toBeLessThanOrEqual(
      share * Math.max(Math.abs(value), 1e-3),
    );
  });
}

/** The same statistics in float64, by their definitions. */
function statistics({ shape, values }: Activation) {
  const channels = shape.at(-1)!;
  const mean = values.reduce((sum, value) => sum + value, 0) / values.length;
  const variance = values.reduce((sum, value) => sum + (value - mean) ** 2, 0) / values.length;
  const isAlive = new Set<number>();
  values.forEach((value, index) => value > 0 && isAlive.add(index % channels));
  return {
    mean,
    std: Math.sqrt(variance),
    dead: 1 - isAlive.size / channels,
    zero: values.filter((value) => value === 0).length / values.length,
  };
}

/** A state with two channels of the first ReLU's batch norm so far down that nothing passes. */
function withDeadChannels(session: TrainingSession, program: TrainingProgram) {
  const state = hashedState(program);
  const shift = program.parameters.find(({ role }) => role === 'shift')!;
  state.parameters.fill(-50, shift.offset + 2, shift.offset + 4);
  session.assign(state);
  return state;
}

describe('an observation', () => {
  test.each([V1, { ...V2, depth: 8 }])('is what its definitions say, in float64, of %j', async (network) => {
    const { program, session } = await open({ network, options: { microBatches: 1 } }, true);
    const before = withDeadChannels(session, program);
    const count = 5;
    const batch = hashedBatch(program, 0, count);
    const observed = parted(program, session.observedStep(batch, 0.05).observation);

    const graph = buildNetwork(network, input);
    const tensors = Object.fromEntries(program.parameters.map((one) => [one.name, slice(before.parameters, one)]));
    const images = Float64Array.from(batch.images, (pixel) => (pixel - PIXEL_MEAN) / PIXEL_STD);
    const outputs = plainForward(graph, tensors, count, images);
    const relus = graph.layers.filter(({ kind }) => kind === 'relu');
    expect(program.observedLayers!.relu).toEqual(relus.map(({ name }) => name));
    const expected = relus.map((layer) => statistics(outputs.get(layer)!));
    expectClose(
      observed.activationMean,
      expected.map(({ mean }) => mean),
      1e-4,
    );
    expectClose(
      observed.activationStd,
      expected.map(({ std }) => std),
      1e-4,
    );
    expectClose(
      observed.deadFraction,
      expected.map(({ dead }) => dead),
      1e-6,
    );
    expectClose(
      observed.zeroFraction,
      expected.map(({ zero }) => zero),
      1e-4,
    );
    expect(observed.deadFraction[0]).toBeCloseTo(2 / 16, 6);

    const after = session.read();
    const change = after.parameters.map((value, index) => value - before.parameters[index]!);
    expectClose(
      observed.weightNorm,
      program.parameters.map((one) => norm(slice(before.parameters, one))),
      1e-6,
    );
    expectClose(
      observed.updateNorm,
      program.parameters.map((one) => norm(slice(change, one))),
      1e-5,
    );
    const variances = program.statistics
      .filter(({ role }) => role === 'variance')
      .map((one) => slice(after.statistics, one));
    expectClose(
      observed.batchNormVariance,
      variances.map((own) => own.reduce((sum, value) => sum + value, 0) / own.length),
      1e-5,
    );
    expectClose(
      observed.batchNormVarianceMin,
      variances.map((own) => Math.min(...own)),
      1e-6,
    );
  });

  test('of a batch in parts has the activations of its last part', async () => {
    const { program, session } = await open({ network: V1, options: { microBatches: 2 } }, true);
    const batch = hashedBatch(program, 0, 10);
    const whole = parted(program, session.observedStep(batch, 0.05).observation);
    const single = await open({ network: V1 }, true);
    const half = {
      images: batch.images.subarray(batch.images.length / 2),
      labels: batch.labels.subarray(5),
      count: 5,
    };
    const last = parted(single.program, single.session.observedStep(half, 0.05).observation);
    expect(whole.activationMean).toEqual(last.activationMean);
    expect(whole.activationStd).toEqual(last.activationStd);
  });

  test('has no numbers of the activations of a branch that was dropped', async () => {
    const { program, session } = await open({ network: V2, drop: { stochasticDepth: 0.5, dropPath: null } }, true);
    const keptBranches = Float32Array.from(program.drops.stochasticDepth, (_, index) => (index === 3 ? 0 : 1));
    const drops = { keptBranches, branchFactors: new Float32Array(0), maskSeed: 0 };
    const observed = parted(program, session.observedStep(hashedBatch(program, 0, 8), 0.05, drops).observation);
    const dropped = program.drops.stochasticDepth[3]!.name.replace(/add$/, '');
    for (const quantity of ['activationMean', 'activationStd', 'deadFraction', 'zeroFraction'] as const) {
      program.observedLayers!.relu.forEach((name, index) => {
        expect(Number.isNaN(observed[quantity][index]), `${quantity} of ${name}`).toBe(name.startsWith(dropped));
      });
    }
    expect(observed.updateNorm.every(Number.isFinite)).toBe(true);
  });

  test('of a step that changed nothing has updates of 0', async () => {
    const { program, session } = await open({ network: V1 }, true);
    const state = hashedState(program);
    state.parameters[0] = NaN;
    session.assign(state);
    const { observation, metrics } = session.observedStep(hashedBatch(program, 0, 8), 0.05);
    expect(metrics[4]).toBe(0);
    const observed = parted(program, observation);
    expect(observed.updateNorm.slice(1)).toEqual(new Float32Array(program.parameters.length - 1));
  });
});
