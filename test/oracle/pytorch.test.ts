import { describe, expect, test } from 'vitest';
import type { NetworkSpec } from '../../src/contract/network.ts';
import { NORMS_OFFSET, type TrainingProgram } from '../../src/engine/program.ts';
import { compileTrainingProgram } from '../../src/nets/trainingProgram.ts';
import { openSession } from '../../src/trainer/session.ts';
import { expectClose, expectTensors, type Digests } from './agreement.ts';
import fixtures from './fixtures/pytorch.json' with { type: 'json' };
import { hashedBatch, hashedState, PIXEL_MEAN, PIXEL_STD } from './numbers.ts';

type Case = (typeof fixtures.cases)[number];

/** Of a tensor's norm: float32 against PyTorch's float64. */
const GRADIENT_TOLERANCE = 1e-5;
/**
 * After ten steps, each of which starts from what the one before has rounded. The cases are such that PyTorch's own
 * float32 stays within 1e-6 of its float64; in others a ReLU at zero tips over and both drift apart.
 */
const TEN_STEPS_TOLERANCE = 2e-5;

function compile(one: Case, overrides: Partial<Record<'clipNorm' | 'weightDecay', number | null>> = {}) {
  const [height = 0, width = 0, channels = 0] = one.size;
  const network = { version: one.version, block: one.block, depth: one.depth } as NetworkSpec;
  return compileTrainingProgram(
    network,
    { height, width, channels, classes: one.classes },
    {
      optimiser: { kind: 'sgd', momentum: one.momentum, nesterov: false },
      weightDecay: overrides.weightDecay ?? one.decay,
      decayAll: one.decayAll,
      clipNorm: overrides.clipNorm === undefined ? one.clip : overrides.clipNorm,
      imageMean: Array.from({ length: channels }, () => PIXEL_MEAN),
      imageStd: Array.from({ length: channels }, () => PIXEL_STD),
    },
  );
}

const title = ({ version, block, depth, size, clip, decayAll }: Case) =>
  `${version} ${block} ${depth}, ${size.join('x')}, clip ${clip ?? 'off'}, decay of ${decayAll ? 'all' : 'kernels'}`;

describe.each(fixtures.cases.map((one) => [title(one), one] as const))('as PyTorch: %s', (_title, one) => {
  test('loss, every gradient and its norm', async () => {
    const program = compile(one, { clipNorm: null, weightDecay: 0 });
    const session = await openSession(program);
    session.assign(hashedState(program));
    const metrics = session.step(hashedBatch(program, 0, one.batches[0]!), 0);
    // With no decay and no momentum so far, the momentum after the step is the gradient.
    const { parameters, ...slots } = session.read();
    session.close();
    expect(parameters).toEqual(hashedState(program).parameters);
    expectClose([metrics[0]!], [one.losses[0]!], GRADIENT_TOLERANCE);
    expectTensors(slots.momentum!, program.parameters, one.gradients, GRADIENT_TOLERANCE);
    const norms = program.parameters.map(({ name }) => (one.gradients as Digests)[name]![0]!);
    expectClose([...metrics.subarray(NORMS_OFFSET)], norms, 1e-4);
  });

  test('ten steps, the last one with a smaller batch', async () => {
    const program = compile(one);
    const session = await openSession(program);
    session.assign(hashedState(program));
    const steps = one.batches.map((count, index) => session.step(hashedBatch(program, index, count), one.rate));
    const state = session.read();
    const evaluation = session.evaluate(hashedBatch(program, 0, one.batches[0]!));
    session.close();
    const column = (index: number) => steps.map((metrics) => metrics[index]!);
    expectClose(column(0), one.losses, TEN_STEPS_TOLERANCE);
    expect(column(1)).toEqual(one.correct);
    expectClose(column(2), one.globalNorms, 3 * TEN_STEPS_TOLERANCE);
    expect(column(3)).toEqual(one.batches.map(() => Math.fround(one.rate)));
    expectTensors(state.parameters, program.parameters, one.parameters, TEN_STEPS_TOLERANCE);
    expectTensors(state.momentum!, program.parameters, one.momenta, 3 * TEN_STEPS_TOLERANCE);
    expectTensors(state.statistics, program.statistics, one.statistics, TEN_STEPS_TOLERANCE);
    expectClose([evaluation.lossSum], [one.evaluation.lossSum], 3 * TEN_STEPS_TOLERANCE);
    expect(evaluation.correct).toBe(one.evaluation.correct);
  });
});

test('every tensor has its place and no two overlap', () => {
  for (const one of fixtures.cases) expectPartition(compile(one));
});

function expectPartition({ parameters, parameterCount, statistics, statisticCount }: TrainingProgram) {
  for (const [slices, count] of [
    [parameters, parameterCount],
    [statistics, statisticCount],
  ] as const) {
    let end = 0;
    for (const { offset, size } of slices.toSorted((left, right) => left.offset - right.offset)) {
      expect(offset).toBe(end);
      end += size;
    }
    expect(end).toBe(count);
  }
}
