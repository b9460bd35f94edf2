import fc from 'fast-check';
import { describe, expect, onTestFinished, test } from 'vitest';
import type { NetworkSpec } from '../../src/contract/network.ts';
import { NORMS_OFFSET, type StepDrops, type TrainingProgram } from '../../src/engine/program.ts';
import { NO_DROP, type FinalDrop } from '../../src/nets/drop.ts';
import { compileTrainingProgram } from '../../src/nets/trainingProgram.ts';
import { openSession, type TrainingSession } from '../../src/trainer/session.ts';
import { expectClose, expectTensors } from './agreement.ts';
import fixtures from './fixtures/drop.json' with { type: 'json' };
import { hashed, hashedBatch, hashedState, PIXEL_MEAN, PIXEL_STD } from './numbers.ts';

type Case = (typeof fixtures.cases)[number];

const GRADIENT_TOLERANCE = 1e-5;
const TEN_STEPS_TOLERANCE = 2e-5;

type Network = Pick<Case, 'version' | 'block' | 'depth'> & { readonly size: readonly number[] };

interface Settings {
  readonly decay: number;
  readonly clip: number | null;
}

function compile(one: Network, drop: FinalDrop, { decay, clip }: Settings) {
  const [height = 0, width = 0, channels = 0] = one.size;
  return compileTrainingProgram(
    { version: one.version, block: one.block, depth: one.depth } as NetworkSpec,
    { height, width, channels, classes: 10 },
    {
      optimiser: { kind: 'sgd', momentum: 0.9, nesterov: false },
      weightDecay: decay,
      decayAll: true,
      clipNorm: clip,
      imageMean: Array.from({ length: channels }, () => PIXEL_MEAN),
      imageStd: Array.from({ length: channels }, () => PIXEL_STD),
    },
    drop,
  );
}

async function open(program: TrainingProgram): Promise<TrainingSession> {
  const session = await openSession(program);
  onTestFinished(() => session.close());
  session.assign(hashedState(program));
  return session;
}

/** What make_drop_fixtures.py drops in the step with this index. */
function hashedDrops({ drops }: TrainingProgram, units: number, index: number, count: number): StepDrops {
  const whole = hashed(3000 + index, units);
  const single = hashed(4000 + index, units * count);
  // The first unit's path is never dropped.
  const first = units - drops.dropPath.length;
  return {
    maskSeed: 0,
    keptBranches: Float32Array.from(drops.stochasticDepth, ({ probability }, unit) =>
      whole[unit]! >= probability ? 1 : 0,
    ),
    branchFactors: Float32Array.from(
      drops.dropPath.flatMap(({ probability }, branch) =>
        Array.from({ length: count }, (_, image) =>
          single[(first + branch) * count + image]! >= probability ? 1 / (1 - probability) : 0,
        ),
      ),
    ),
  };
}

const none = new Float32Array();
const half: FinalDrop = { stochasticDepth: 0.5, dropPath: null };
const usual: Settings = { decay: 1e-3, clip: 1 };
/** The first unit of each stage, where the channels change. */
const PROJECTING = /^stage\d\.unit1\./;

const unitsOf = ({ depth, block }: Case) => ((depth - 2) / (block === 'basic' ? 6 : 9)) * 3;

const title = ({ version, block, depth, stochasticDepth, dropPath }: Case) =>
  `${version} ${block} ${depth}, stochastic depth ${stochasticDepth ?? 'off'}, drop path ${dropPath ?? 'off'}`;

describe.each(fixtures.cases.map((one) => [title(one), one] as const))('as PyTorch: %s', (_title, one) => {
  test('loss and every gradient', async () => {
    const program = compile(one, one, { decay: 0, clip: null });
    const session = await open(program);
    const count = one.batches[0]!;
    const [loss] = session.step(hashedBatch(program, 0, count), 0, hashedDrops(program, unitsOf(one), 0, count));
    expectClose([loss!], [one.losses[0]!], GRADIENT_TOLERANCE);
    expectTensors(session.read().momentum!, program.parameters, one.gradients, GRADIENT_TOLERANCE);
  });

  test('ten steps, the last one with a smaller batch, and the evaluation', async () => {
    const program = compile(one, one, one);
    const session = await open(program);
    const steps = one.batches.map((count, index) => {
      const drops = hashedDrops(program, unitsOf(one), index, count);
      return session.step(hashedBatch(program, index, count), one.rate, drops);
    });
    const { parameters, statistics } = session.read();
    const evaluation = session.evaluate(hashedBatch(program, 0, one.batches[0]!));
    const column = (index: number) => steps.map((metrics) => metrics[index]!);
    expectClose(column(0), one.losses, TEN_STEPS_TOLERANCE);
    expect(column(1)).toEqual(one.correct);
    expectClose(column(2), one.globalNorms, 3 * TEN_STEPS_TOLERANCE);
    expectTensors(parameters, program.parameters, one.parameters, TEN_STEPS_TOLERANCE);
    expectTensors(statistics, program.statistics, one.statistics, TEN_STEPS_TOLERANCE);
    expectClose([evaluation.lossSum], [one.evaluation.lossSum], 3 * TEN_STEPS_TOLERANCE);
    expect(evaluation.correct).toBe(one.evaluation.correct);
  });
});

const versions = fc.constantFrom('v1' as const, 'v2' as const);
const plans = fc.constantFrom({ block: 'basic', depth: 14 }, { block: 'bottleneck', depth: 20 });
const size = fc.constantFrom([8, 8, 1], [9, 8, 2], [8, 11, 3]);
const small = fc
  .record({ version: versions, plan: plans, size })
  .map(({ version, plan, size: sides }) => ({ version, ...plan, size: sides }));

const same = (left: Float32Array, right: Float32Array) => left.every((value, index) => Object.is(value, right[index]));

test('with every branch kept, a step has the bits of the plain network', async () => {
  await fc.assert(
    fc.asyncProperty(small, fc.nat(100), async (network, seed) => {
      const [plain, dropping] = [compile(network, NO_DROP, usual), compile(network, half, usual)];
      const sessions = [await openSession(plain), await openSession(dropping)] as const;
      const kept = {
        keptBranches: new Float32Array(dropping.drops.stochasticDepth.length).fill(1),
        branchFactors: none,
        maskSeed: 0,
      };
      sessions.forEach((session) => session.assign(hashedState(plain)));
      for (const index of [seed, seed + 1]) {
        const batch = hashedBatch(plain, index, 6);
        expect(same(sessions[0].step(batch, 0.1), sessions[1].step(batch, 0.1, kept))).toBe(true);
      }
      const [expected, actual] = [sessions[0].read(), sessions[1].read()];
      sessions.forEach((session) => session.close());
      expect(same(expected.parameters, actual.parameters)).toBe(true);
      expect(same(expected.statistics, actual.statistics)).toBe(true);
    }),
    { numRuns: 4, seed: 7 },
  );
});

test('whatever is dropped: its gradients are zero, its averages stay, all others move', async () => {
  const program = compile({ version: 'v2', block: 'bottleneck', depth: 20, size: [8, 8, 1] }, half, usual);
  const session = await open(program);
  const units = program.drops.stochasticDepth.map(({ name }) => name.replace(/add$/, ''));
  const decisions = fc.array(fc.boolean(), { minLength: units.length, maxLength: units.length });
  await fc.assert(
    fc.asyncProperty(decisions, fc.nat(100), async (kept, index) => {
      session.assign(hashedState(program));
      const drops = { keptBranches: Float32Array.from(kept, Number), branchFactors: none, maskSeed: 0 };
      const metrics = session.step(hashedBatch(program, index, 6), 0.1, drops);
      const { statistics } = session.read();
      const before = hashedState(program).statistics;
      const isDropped = (name: string) => {
        const unit = units.findIndex((one) => name.startsWith(one));
        // A projection, and the activation that it shares, belong to no branch.
        const isShared = name.includes('shortcut') || (PROJECTING.test(name) && name.includes('.bn1.'));
        return unit >= 0 && !kept[unit] && !isShared;
      };
      program.parameters.forEach(({ name }, place) => {
        expect([name, metrics[NORMS_OFFSET + place] === 0]).toEqual([name, isDropped(name)]);
      });
      for (const { name, offset, size: length } of program.statistics) {
        const stays = same(statistics.subarray(offset, offset + length), before.subarray(offset, offset + length));
        expect([name, stays]).toEqual([name, isDropped(name)]);
      }
    }),
    { numRuns: 20, seed: 3 },
  );
});

test('a step without decisions is refused', async () => {
  const program = compile({ version: 'v1', block: 'basic', depth: 8, size: [8, 8, 1] }, half, usual);
  const session = await open(program);
  expect(() => session.step(hashedBatch(program, 0, 4), 0.1)).toThrow('kept_branches');
});
