import { expect, onTestFinished, test } from 'vitest';
import type { NetworkSpec } from '../../src/contract/network.ts';
import type { Precision } from '../../src/contract/recipe.ts';
import { vectorOf } from '../../src/engine/program.ts';
import { compileTrainingProgram } from '../../src/nets/trainingProgram.ts';
import { openSession } from '../../src/trainer/session.ts';
import { hashedBatch, hashedState, PIXEL_MEAN, PIXEL_STD } from './numbers.ts';

const input = { height: 16, width: 16, channels: 1, classes: 10 };

async function open(network: NetworkSpec, precision: Precision) {
  const program = compileTrainingProgram(network, input, {
    optimiser: { kind: 'sgd', momentum: 0.9, nesterov: false },
    weightDecay: 0,
    decayAll: true,
    clipNorm: null,
    imageMean: [PIXEL_MEAN],
    imageStd: [PIXEL_STD],
    precision,
  });
  const session = await openSession(program);
  onTestFinished(() => session.close());
  session.assign(hashedState(program));
  return { program, session };
}

async function firstStep(network: NetworkSpec, precision: Precision) {
  const { program, session } = await open(network, precision);
  const [loss] = session.step(hashedBatch(program, 0, 32), 0);
  return { loss: loss!, gradient: vectorOf(session.read(), 'momentum') };
}

const dot = (left: Float32Array, right: Float32Array) =>
  left.reduce((sum, value, index) => sum + value * right[index]!, 0);

const networks: [string, NetworkSpec][] = [
  ['V1', { version: 'v1', block: 'basic', depth: 8 }],
  ['V2 bottleneck', { version: 'v2', block: 'bottleneck', depth: 11 }],
  ['squeeze and excitation', { version: 'v2', block: 'basic', depth: 8, se: 4 }],
  ['gating', { version: 'v2', block: 'basic', depth: 8, shortcut: 'exclusive-gating' }],
];

test.each(networks)('bfloat16 has the gradient of float32 but for its rounding: %s', async (_title, network) => {
  const whole = await firstStep(network, 'float32');
  const mixed = await firstStep(network, 'bfloat16');
  expect(mixed.gradient).not.toEqual(whole.gradient);
  expect(Math.abs(mixed.loss / whole.loss - 1)).toBeLessThan(0.02);
  const cosine =
    dot(whole.gradient, mixed.gradient) /
    Math.sqrt(dot(whole.gradient, whole.gradient) * dot(mixed.gradient, mixed.gradient));
  expect(cosine).toBeGreaterThan(0.97);
});

test('weights are kept in float32: steps far below the spacing of bfloat16 add up', async () => {
  const { program, session } = await open(networks[1]![1], 'bfloat16');
  const batch = hashedBatch(program, 0, 32);
  for (let step = 0; step < 3; step += 1) session.step(batch, 1e-5);
  const start = hashedState(program).parameters;
  const moved = session.read().parameters.filter((value, index) => value !== start[index]);
  expect(moved.length / start.length).toBeGreaterThan(0.5);
});

test('bfloat16 trains', async () => {
  const { program, session } = await open(networks[1]![1], 'bfloat16');
  const losses = Array.from({ length: 12 }, () => session.step(hashedBatch(program, 0, 32), 0.05)[0]!);
  expect(losses.at(-1)!).toBeLessThan(losses[0]! / 2);
});
