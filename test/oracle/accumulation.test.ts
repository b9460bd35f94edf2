import { expect, onTestFinished, test } from 'vitest';
import { NORMS_OFFSET, STEP_METRICS, vectorOf, type ProgramOptions } from '../../src/engine/program.ts';
import { openSession } from '../../src/trainer/session.ts';
import { partsOf } from '../../src/trainer/parts.ts';
import { hashedBatch, hashedState } from './numbers.ts';
import { smallProgram } from './programs.ts';

async function open(options: Partial<ProgramOptions>) {
  const program = smallProgram({ depth: 14 }, { weightDecay: 0, clipNorm: null, ...options });
  const session = await openSession(program);
  onTestFinished(() => session.close());
  session.assign(hashedState(program));
  return { program, session };
}

/** The parts of a batch as a loop in PyTorch has them: forward and backward for each, gradients added by share. */
async function loop(count: number, parts: number) {
  const { program, session } = await open({ optimiser: { kind: 'sgd', momentum: 0, nesterov: false } });
  const gradient = new Float32Array(program.parameterCount);
  let [loss, correct] = [0, 0];
  for (const part of partsOf(hashedBatch(program, 0, count), parts)) {
    // Without a rate, decay and momentum a step only leaves its gradient, and moves the running averages.
    const metrics = session.step(part, 0);
    vectorOf(session.read(), 'momentum').forEach((value, index) => (gradient[index]! += (value * part.count) / count));
    loss += (metrics[0]! * part.count) / count;
    correct += metrics[1]!;
  }
  return { gradient, loss, correct, statistics: session.read().statistics };
}

const norm = (values: Float32Array) => Math.sqrt(values.reduce((sum, value) => sum + value * value, 0));

test.each([
  [12, 3],
  [13, 4],
  [2, 4],
])('%i images in %i parts make the step of a loop over the parts', async (count, microBatches) => {
  const expected = await loop(count, microBatches);
  const { program, session } = await open({ microBatches });
  const metrics = session.step(hashedBatch(program, 0, count), 0.1);
  const state = session.read();
  const { parameters, statistics } = state;
  const momentum = vectorOf(state, 'momentum');
  const start = hashedState(program).parameters;
  const scale = norm(expected.gradient);
  expect(norm(momentum.map((value, index) => value - expected.gradient[index]!)) / scale).toBeLessThan(1e-6);
  expect(norm(parameters.map((value, index) => value - (start[index]! - 0.1 * momentum[index]!)))).toBeLessThan(1e-5);
  expect(statistics).toEqual(expected.statistics);
  expect(metrics[0]! / expected.loss).toBeCloseTo(1, 5);
  expect(metrics[1]).toBe(expected.correct);
  expect(metrics[2]! / scale).toBeCloseTo(1, 5);
  program.parameters.forEach(({ offset, size }, index) => {
    const own = norm(expected.gradient.subarray(offset, offset + size));
    expect(metrics[NORMS_OFFSET + index]! / own).toBeCloseTo(1, 3);
  });
});

test('nothing of one step is left in the next', async () => {
  const { program, session } = await open({ microBatches: 3 });
  session.step(hashedBatch(program, 0, 12), 0.1);
  const state = session.read();
  const next = session.step(hashedBatch(program, 1, 12), 0.1);
  session.assign(state);
  expect(session.step(hashedBatch(program, 1, 12), 0.1)).toEqual(next);
});

test('a step that fails in one of its parts leaves no gradient behind', async () => {
  const { program, session } = await open({ microBatches: 2 });
  const batch = hashedBatch(program, 0, 12);
  const expected = session.step(batch, 0);
  const labels = batch.labels.map((label, index) => (index < 6 ? label : 10));
  expect(() => session.step({ ...batch, labels }, 0)).toThrow('10');
  expect(session.step(batch, 0)).toEqual(expected);
});

test('a step that is not finite changes nothing, running averages included, and the next one starts afresh', async () => {
  const { program, session } = await open({ microBatches: 2 });
  const batch = hashedBatch(program, 0, 12);
  const expected = session.step(batch, 0);
  const broken = hashedState(program);
  broken.parameters.fill(Infinity, 0, 4);
  session.assign(broken);
  const metrics = session.step(batch, 0.1);
  expect(metrics[STEP_METRICS.indexOf('applied')]).toBe(0);
  expect(session.read()).toEqual(broken);
  session.assign(hashedState(program));
  expect(session.step(batch, 0)).toEqual(expected);
});
