import { execFile } from 'node:child_process';
import { readdirSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { expect, onTestFinished, test } from 'vitest';
import { NORMS_OFFSET, type ProgramOptions, type TrainingProgram } from '../../src/engine/program.ts';
import { initialState } from '../../src/nets/initialise.ts';
import { openSession, type TrainingSession } from '../../src/trainer/session.ts';
import { hashedBatch, hashedState } from './numbers.ts';
import { smallProgram } from './programs.ts';

async function open(program: TrainingProgram): Promise<TrainingSession> {
  const session = await openSession(program);
  onTestFinished(() => session.close());
  session.assign(hashedState(program));
  return session;
}

/** Parameters after one step, by name. */
async function stepped(options: Partial<ProgramOptions>, learningRate = 0.1) {
  const program = smallProgram({}, options);
  const session = await open(program);
  const metrics = session.step(hashedBatch(program, 0, 8), learningRate);
  const { parameters, ...slots } = session.read();
  const momentum = slots.momentum!;
  const of = (vector: Float32Array, role: string) =>
    program.parameters
      .filter((tensor) => tensor.role === role)
      .map(({ offset, size }) => vector.slice(offset, offset + size));
  return { program, metrics, parameters, momentum, of };
}

test('two processes compute the same bits', async () => {
  const script = fileURLToPath(new URL('stepDigest.ts', import.meta.url));
  const run = () => promisify(execFile)(process.execPath, [script]);
  const [first, second] = [await run(), await run()];
  expect(first.stdout).toMatch(/^[0-9a-f]{64}$/);
  expect(second.stdout).toBe(first.stdout);
});

test('the state that was read leads to the same next step as the session itself', async () => {
  const program = smallProgram();
  const session = await open(program);
  session.step(hashedBatch(program, 0, 16), 0.1);
  const state = session.read();
  const expected = session.step(hashedBatch(program, 1, 16), 0.1);
  const resumed = await open(program);
  resumed.assign(state);
  expect(resumed.step(hashedBatch(program, 1, 16), 0.1)).toEqual(expected);
  expect(resumed.read()).toEqual(session.read());
});

test('training leaves the arrays that were assigned and read alone', async () => {
  const program = smallProgram();
  const session = await openSession(program);
  onTestFinished(() => session.close());
  const given = hashedState(program);
  session.assign(given);
  const before = session.read();
  session.step(hashedBatch(program, 0, 16), 0.1);
  expect(given).toEqual(hashedState(program));
  expect(before).toEqual(given);
  expect(session.read().parameters).not.toEqual(given.parameters);
});

test('evaluation changes nothing and adds up over batches of any size', async () => {
  const program = smallProgram();
  const session = await open(program);
  session.step(hashedBatch(program, 0, 16), 0.1);
  const before = session.read();
  const whole = hashedBatch(program, 1, 20);
  const pixels = whole.images.length / whole.count;
  const part = (from: number, to: number) =>
    session.evaluate({
      images: whole.images.subarray(from * pixels, to * pixels),
      labels: whole.labels.subarray(from, to),
      count: to - from,
    });
  const all = session.evaluate(whole);
  const parts = [part(0, 13), part(13, 19), part(19, 20)];
  expect(parts.reduce((sum, { lossSum }) => sum + lossSum, 0)).toBeCloseTo(all.lossSum, 3);
  expect(parts.reduce((sum, { correct }) => sum + correct, 0)).toBe(all.correct);
  expect(session.read()).toEqual(before);
});

test('the global norm is that of all norms, and clipping bounds the update by it', async () => {
  const { metrics, momentum } = await stepped({ weightDecay: 0, clipNorm: null });
  const norms = metrics.subarray(NORMS_OFFSET);
  expect(Math.hypot(...norms) / metrics[2]!).toBeCloseTo(1, 5);
  expect(Math.sqrt(momentum.reduce((sum, value) => sum + value * value, 0)) / metrics[2]!).toBeCloseTo(1, 5);
  const clipped = await stepped({ weightDecay: 0, clipNorm: metrics[2]! / 4 });
  // What is recorded is the gradient before clipping.
  expect(clipped.metrics).toEqual(metrics);
  const kept = clipped.momentum.map((value, index) => (value * 4) / momentum[index]! - 1);
  expect(Math.max(...kept.filter(Number.isFinite).map(Math.abs))).toBeLessThan(1e-4);
});

test('kernels alone decay where the others are spared', async () => {
  const without = await stepped({ weightDecay: 0, clipNorm: null });
  const spared = await stepped({ weightDecay: 0.1, decayAll: false, clipNorm: null });
  const all = await stepped({ weightDecay: 0.1, decayAll: true, clipNorm: null });
  for (const role of ['scale', 'shift', 'bias']) {
    expect(spared.of(spared.momentum, role)).toEqual(without.of(without.momentum, role));
    expect(all.of(all.momentum, role)).not.toEqual(without.of(without.momentum, role));
  }
  expect(spared.of(spared.momentum, 'kernel')).toEqual(all.of(all.momentum, 'kernel'));
  expect(all.of(all.momentum, 'kernel')).not.toEqual(without.of(without.momentum, 'kernel'));
});

test('memory does not grow with the steps', async () => {
  const program = smallProgram();
  const session = await open(program);
  const batch = hashedBatch(program, 0, 64);
  const many = (steps: number) => {
    for (let step = 0; step < steps; step += 1) {
      session.step(batch, 0.01);
      session.evaluate(batch);
    }
    return process.memoryUsage.rss();
  };
  const settled = many(100);
  expect(many(200) - settled).toBeLessThan(16e6);
});

test('closing frees the graph, and sessions leave no files', async () => {
  const folders = () => readdirSync(tmpdir()).filter((name) => name.startsWith(`depthlab-graph-${process.pid}-`));
  const program = smallProgram();
  const cycle = async () => {
    const session = await openSession(program);
    session.assign(initialState(program, 1));
    session.step(hashedBatch(program, 0, 8), 0.1);
    expect(folders()).toEqual([]);
    session.close();
    expect(() => session.read()).toThrow('closed');
  };
  for (let round = 0; round < 3; round += 1) await cycle();
  const settled = process.memoryUsage.rss();
  for (let round = 0; round < 6; round += 1) await cycle();
  expect(process.memoryUsage.rss() - settled).toBeLessThan(60e6);
});

test('what does not fit is refused and the session goes on', async () => {
  const program = smallProgram();
  const session = await open(program);
  const batch = hashedBatch(program, 0, 8);
  expect(() => session.step({ ...batch, images: batch.images.subarray(1) }, 0.1)).toThrow('Shape');
  expect(() => session.step({ ...batch, labels: batch.labels.subarray(1) }, 0.1)).toThrow('Shape');
  expect(() => session.evaluate({ ...batch, labels: batch.labels.map(() => 10) })).toThrow('10');
  expect(session.step(batch, 0.1)[0]).toBeGreaterThan(0);
});

test('the deepest network trains', async () => {
  const program = smallProgram({ version: 'v1', depth: 1202 });
  const session = await openSession(program);
  onTestFinished(() => session.close());
  session.assign(initialState(program, 1));
  const metrics = session.step(hashedBatch(program, 0, 4), 1e-6);
  expect(metrics).toHaveLength(NORMS_OFFSET + 3611);
  expect(metrics.every(Number.isFinite)).toBe(true);
});
