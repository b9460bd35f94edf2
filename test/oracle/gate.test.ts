import { expect, onTestFinished, test } from 'vitest';
import { STEP_METRICS, vectorOf, type OptimiserOptions, type ProgramOptions } from '../../src/engine/program.ts';
import { decideNetwork } from '../../src/nets/plans.ts';
import { compileNetworkDiagnosis } from '../../src/nets/trainingProgram.ts';
import { firstBrokenLayer, openSession } from '../../src/trainer/session.ts';
import { hashedBatch, hashedState } from './numbers.ts';
import { smallOptions, smallProgram } from './programs.ts';

const APPLIED = STEP_METRICS.indexOf('applied');
const SGD: OptimiserOptions = { kind: 'sgd', momentum: 0.9, nesterov: false };
const ADAMW: OptimiserOptions = { kind: 'adamw', beta1: 0.9, beta2: 0.999, epsilon: 1e-8 };

async function open(options: Partial<ProgramOptions>) {
  const program = smallProgram({}, options);
  const session = await openSession(program);
  onTestFinished(() => session.close());
  session.assign(hashedState(program));
  return { program, session };
}

const bits = (vector: Float32Array) => new Uint32Array(vector.slice().buffer);

test.each<[string, Partial<ProgramOptions>, number]>([
  ['SGD', { optimiser: SGD, clipNorm: null }, 1e4],
  ['Nesterov', { optimiser: { ...SGD, nesterov: true }, clipNorm: null }, 1e4],
  ['AdamW', { optimiser: ADAMW, weightDecay: 0.1 }, 1e18],
])('%s at a rate that is far too high: the step that breaks changes no bit', async (_name, options, rate) => {
  const { program, session } = await open(options);
  let before = session.read();
  let metrics = session.step(hashedBatch(program, 0, 8), rate);
  expect(metrics[APPLIED]).toBe(1);
  for (let step = 1; step < 100 && metrics[APPLIED] === 1; step += 1) {
    before = session.read();
    metrics = session.step(hashedBatch(program, step, 8), rate);
  }
  expect(metrics[APPLIED]).toBe(0);
  const after = session.read();
  for (const { name } of program.state) {
    expect(bits(vectorOf(after, name))).toEqual(bits(vectorOf(before, name)));
  }
  // And the session goes on, from a state that is sound.
  session.assign(hashedState(program));
  expect(session.step(hashedBatch(program, 0, 8), 0.01)[APPLIED]).toBe(1);
});

test('batch statistics that overflow shut the gate though the loss is finite', async () => {
  const { program, session } = await open({});
  const state = hashedState(program);
  const { offset, size } = program.parameters.find(({ name }) => name === 'stem.conv.weight')!;
  // Activations near 1e22: finite, but not their variance; a batch norm of an infinite variance gives its shift.
  const parameters = state.parameters.slice();
  parameters.subarray(offset, offset + size).fill(1e22);
  session.assign({ ...state, parameters });
  const metrics = session.step(hashedBatch(program, 0, 8), 0.01);
  expect(metrics[APPLIED]).toBe(0);
  expect(session.read().statistics).toEqual(state.statistics);
});

test('the diagnosis names the first layer that breaks, in forward order', async () => {
  const program = smallProgram();
  const network = decideNetwork({ version: 'v2', depth: 8 });
  const diagnosis = compileNetworkDiagnosis(network, program.input, smallOptions());
  const batch = hashedBatch(program, 0, 8);
  const brokenWith = (name: string | null, value: number) => {
    const { parameters } = hashedState(program);
    const broken = program.parameters.find((tensor) => tensor.name === name);
    if (broken) parameters.fill(value, broken.offset, broken.offset + broken.size);
    return firstBrokenLayer(diagnosis, batch, program.input, parameters);
  };
  expect(brokenWith(null, 0)).toBeNull();
  expect(brokenWith('stem.conv.weight', Infinity)).toBe('stem.conv');
  expect(brokenWith('stage2.unit1.bn2.gamma', NaN)).toBe('stage2.unit1.bn2');
  expect(brokenWith('head.dense.bias', -Infinity)).toBe('head.dense');
  // Its own activation is finite; the variance that the next batch norm takes of it is not.
  expect(brokenWith('stem.conv.weight', 1e22)).toBe('stage1.unit1.bn1');
});
