import { existsSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import type { FromTrainer, ToTrainer } from '../contract/trainer.ts';
import { createMemoryChannel } from '../link/memory.ts';
import { frame, newRun, runningRun, temporaryStore } from '../store/store.fixture.ts';
import { recordCheckpoint } from './checkpoints.ts';
import { checkpointFolder } from './folders.ts';
import type { ProcessExit } from './launcher.ts';
import { createDataLibrary } from './dataLibrary.ts';
import { createLive } from './live.ts';
import type { Retention } from './retention.ts';
import { createSupervisor } from './supervisor.ts';

/** A trainer that the test plays: what no real one does on purpose can be said with it. */
function playedTrainer() {
  const [trainerEnd, hostEnd] = createMemoryChannel<ToTrainer, unknown>();
  const received: ToTrainer[] = [];
  trainerEnd.onMessage((message) => received.push(message));
  const exitListeners: ((exit: ProcessExit) => void)[] = [];
  const exit = (how: Partial<ProcessExit>) =>
    exitListeners.forEach((listener) => listener({ code: null, signal: null, lastWords: [], ...how }));
  return {
    channel: trainerEnd,
    received,
    exit,
    launcher: {
      trainer: () =>
        Promise.resolve({
          channel: hostEnd,
          pid: undefined,
          onExit: (listener: (exit: ProcessExit) => void) => void exitListeners.push(listener),
          kill: () => exit({ signal: 'SIGKILL' }),
        }),
    },
  };
}

const settle = () => new Promise((resolve) => setTimeout(resolve, 10));

async function training(retention: Retention = { keepEvery: null, checkpointBudgetBytes: null }) {
  const store = temporaryStore();
  const played = playedTrainer();
  const over: number[] = [];
  const supervisor = createSupervisor({
    store,
    live: createLive(),
    launcher: played.launcher,
    data: createDataLibrary(store, 'resources'),
    onNotice: () => undefined,
    onEnd: (runId) => over.push(runId),
    retention: () => retention,
  });
  const run = store.runs.create(newRun());
  const ended = supervisor.train(run);
  await settle();
  const start = played.received[0] as Extract<ToTrainer, { type: 'start' }>;
  const envelope = { runId: run.id, attempt: start.attempt };
  const say = async (message: object) => {
    played.channel.send({ ...envelope, ...message });
    await settle();
  };
  const ready = () =>
    say({
      type: 'ready',
      layers: ['stem', 'head'],
      parameters: 10,
      totalSteps: 4,
      stepsPerEpoch: 2,
      environment: [],
    } satisfies Partial<FromTrainer>);
  const steps = (firstStep: number, count: number) =>
    say({
      type: 'steps',
      elapsedMs: 10 * firstStep,
      frame: {
        firstStep,
        count,
        series: new Float32Array(count * 5).fill(firstStep),
        norms: new Float32Array(count * 2),
      },
    });
  return { store, supervisor, run, ended, over, say, ready, steps, ...played, row: () => store.runs.get(run.id) };
}

describe('the supervisor', () => {
  it('confirms a step after it is in the file', async () => {
    const { ready, steps, received, row } = await training();
    await ready();
    await steps(1, 3);
    expect(row()).toMatchObject({ state: 'running', lastStep: 3 });
    expect(received.at(-1)).toEqual({ type: 'committed', step: 3 });
  });

  it('confirms a repeated frame again and refuses a gap', async () => {
    const { ready, steps, received, row, ended } = await training();
    await ready();
    await steps(1, 2);
    await steps(1, 2);
    expect(received.filter(({ type }) => type === 'committed')).toEqual([
      { type: 'committed', step: 2 },
      { type: 'committed', step: 2 },
    ]);
    await steps(4, 1);
    await ended;
    expect(row()).toMatchObject({ state: 'failed', lastStep: 2 });
  });

  it('says when an attempt is over, with its end in the file', async () => {
    const { ready, steps, exit, ended, over, run, row } = await training();
    await ready();
    await steps(1, 2);
    expect(over).toEqual([]);
    exit({ code: 1 });
    await ended;
    expect(over).toEqual([run.id]);
    expect(row().state).toBe('failed');
  });

  it('hears no message of another attempt or run', async () => {
    const { ready, say, row } = await training();
    await ready();
    await say({ attempt: 99, type: 'failed', step: 0, error: { code: 'failed', message: 'old', where: '', hint: '' } });
    await say({ runId: 99, type: 'failed', step: 0, error: { code: 'failed', message: 'other', where: '', hint: '' } });
    expect(row().state).toBe('running');
  });

  it('fails the run with the reason and the last step when the trainer dies', async () => {
    const { ready, steps, exit, ended, row } = await training();
    await ready();
    await steps(1, 2);
    exit({ signal: 'SIGSEGV', lastWords: ['free(): invalid pointer'] });
    await ended;
    expect(row()).toMatchObject({
      state: 'failed',
      lastStep: 2,
      reason: 'The trainer crashed (SIGSEGV): free(): invalid pointer',
    });
  });

  it('interrupts the run, which may go on, when the trainer is killed', async () => {
    const { store, ready, steps, exit, ended, row } = await training();
    await ready();
    await steps(1, 2);
    exit({ signal: 'SIGKILL' });
    await ended;
    expect(row()).toMatchObject({ state: 'interrupted', lastStep: 2 });
    expect(row().reason).toContain('was killed (SIGKILL)');
    expect(store.runs.requestResume(row().id).state).toBe('queued');
  });

  it('ends a trainer that breaks the contract', async () => {
    const { say, ended, row } = await training();
    await say({ type: 'ready', layers: 'all of them' });
    await ended;
    expect(row().state).toBe('failed');
    expect(row().reason).toContain('breaks the contract');
  });

  it('records the end that the trainer reports, and nothing after it', async () => {
    const { ready, steps, say, exit, ended, row } = await training();
    await ready();
    await steps(1, 4);
    await say({
      type: 'ended',
      outcome: 'finished',
      reason: '',
      step: 4,
      elapsedMs: 40,
      firstStepMs: 20,
      stepMs: 5,
      imagesPerSecond: 1000,
      peakMemoryBytes: 1e8,
    });
    exit({ code: 0 });
    await ended;
    expect(row()).toMatchObject({ state: 'finished', reason: '', stepMs: 5, peakMemoryBytes: 1e8 });
  });

  it('passes a stop on, and kills what does not stop in time', async () => {
    const { supervisor, store, run, ready, received, ended } = await training();
    await ready();
    await supervisor.stopAll('Depthlab was closed', 30);
    expect(received.at(-1)).toEqual({ type: 'stop', reason: 'Depthlab was closed', test: false });
    await ended;
    expect(store.runs.get(run.id).reason).toContain('SIGKILL');
  });

  it('keeps the last two checkpoints and deletes a file only after a newer one is recorded', async () => {
    const { store, run, ready, steps, say } = await training();
    const folder = checkpointFolder(store.file, run.id);
    await ready();
    for (const step of [1, 2, 3]) {
      await steps(step, 1);
      const file = join(folder, `step-${step}.safetensors`);
      writeFileSync(file, 'weights');
      await say({ type: 'checkpoint', step, file, bytes: 7, sha256: 'a'.repeat(64) });
    }
    expect(store.checkpoints.list(run.id).map(({ step }) => step)).toEqual([3, 2]);
    expect([1, 2, 3].map((step) => existsSync(join(folder, `step-${step}.safetensors`)))).toEqual([false, true, true]);
  });

  it('keeps every third one too, until the budget is exceeded and the run has ended', async () => {
    const { store, run, ready, steps, say } = await training({ keepEvery: 3, checkpointBudgetBytes: 30 });
    const folder = checkpointFolder(store.file, run.id);
    await ready();
    for (const step of [1, 2, 3, 4, 5, 6, 7, 8, 9]) {
      await steps(step, 1);
      const file = join(folder, `step-${step}.safetensors`);
      writeFileSync(file, 'weights');
      await say({ type: 'checkpoint', step, file, bytes: 7, sha256: 'a'.repeat(64) });
    }
    const kept = () => store.checkpoints.list(run.id).map(({ step }) => step);
    expect(kept()).toEqual([9, 8, 6, 3]);
    expect(store.checkpoints.bytes()).toBe(28);
    const attempt = store.runs.attempt(run.id);
    store.runs.end(run.id, attempt, { state: 'stopped', reason: '', measured: null });
    const other = runningRun(store);
    store.steps.append(other.id, other.attempt, frame(1, 1), 1);
    const otherFolder = checkpointFolder(store.file, other.id);
    const file = join(otherFolder, 'step-1.safetensors');
    const message = { type: 'checkpoint', runId: other.id, attempt: other.attempt, step: 1, file } as const;
    const retention = { keepEvery: 3, checkpointBudgetBytes: 30 };
    recordCheckpoint(store, otherFolder, { ...message, bytes: 7, sha256: 'b'.repeat(64) }, retention);
    expect(kept()).toEqual([9, 8, 6]);
    expect(existsSync(join(folder, 'step-3.safetensors'))).toBe(false);
    recordCheckpoint(store, otherFolder, { ...message, bytes: 1000, sha256: 'b'.repeat(64) }, retention);
    expect(kept()).toEqual([9, 8]);
  });

  it('keeps the best checkpoint by validation accuracy too, and records the test', async () => {
    const { store, run, ready, steps, say } = await training();
    const folder = checkpointFolder(store.file, run.id);
    await ready();
    const common = { trainLoss: 1, trainAccuracy: 0.5, learningRate: 0.1, elapsedMs: 1, validationLoss: 1 };
    const untested = { testLoss: null, testAccuracy: null };
    for (const [index, validationAccuracy] of [0.5, 0.9, 0.7, 0.6, 0.8].entries()) {
      const step = index + 1;
      await steps(step, 1);
      await say({ type: 'epoch', result: { ...common, ...untested, epoch: step, step, validationAccuracy } });
      const file = join(folder, `step-${step}.safetensors`);
      writeFileSync(file, 'weights');
      await say({ type: 'checkpoint', step, file, bytes: 7, sha256: 'a'.repeat(64) });
    }
    expect(store.checkpoints.list(run.id).map(({ step }) => step)).toEqual([5, 4, 2]);
    await say({ type: 'tested', result: { step: 5, loss: 0.25, accuracy: 0.75 } });
    expect(store.runs.get(run.id)).toMatchObject({ bestValidationAccuracy: 0.9, testAccuracy: 0.75, testLoss: 0.25 });
  });
});
