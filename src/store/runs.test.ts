import SQLite from 'better-sqlite3';
import { join } from 'node:path';
import { parse } from 'valibot';
import { describe, expect, it } from 'vitest';
import { UserError } from '../contract/errors.ts';
import { TrainingRecipe } from '../contract/recipe.ts';
import type { EpochResult } from '../contract/trainer.ts';
import { openStore } from './open.ts';
import { frame, newRun, runningRun, temporaryFolder, temporaryStore } from './store.fixture.ts';

const MEASURED = {
  elapsedMs: 1234.5,
  firstStepMs: 800,
  stepMs: 10.25,
  imagesPerSecond: 6200,
  peakMemoryBytes: 300_000_000,
};

function epoch(change: Partial<EpochResult> = {}): EpochResult {
  return {
    epoch: 1,
    step: 22,
    trainLoss: 0.5,
    trainAccuracy: 0.9,
    validationLoss: null,
    validationAccuracy: null,
    testLoss: 0.6,
    testAccuracy: 0.875,
    learningRate: 0.1,
    elapsedMs: 400,
    ...change,
  };
}

describe('a run', () => {
  it('of an earlier version has the default of each setting that was not there yet', () => {
    const file = join(temporaryFolder(), 'depthlab.db');
    const store = openStore(file);
    const { id } = store.runs.create(newRun({ recipe: { epochs: 3 } }));
    store.close();
    const database = new SQLite(file);
    database.exec(
      `UPDATE runs SET recipe = json_remove(recipe, '$.optimiser', '$.beta1', '$.rollbacks', '$.validationShare')`,
    );
    database.close();
    const again = openStore(file);
    expect(again.runs.get(id).recipe).toEqual(parse(TrainingRecipe, { epochs: 3, validationShare: 0 }));
    again.close();
  });

  it('is given back as it was recorded', () => {
    const store = temporaryStore();
    const asked = newRun({ recipe: { epochs: 3, clipNorm: 5, seed: 7, milestones: [0.25, 0.5] } });
    const run = store.runs.create(asked);
    expect(run).toMatchObject({ ...asked, id: 1, state: 'queued', lastStep: 0, trainLoss: null, tags: [], notes: '' });
    expect(store.runs.get(1)).toEqual(run);
    const parameters = new Map(
      store.runs.detail(1).hyperParameters.map(({ name, number, text }) => [name, number ?? text]),
    );
    expect(Object.fromEntries(parameters)).toMatchObject({
      version: 'v2',
      depth: 8,
      data: 'digits',
      channels: 1,
      learningRate: 0.1,
      clipNorm: 5,
      maxSteps: null,
      augment: 'false',
      milestones: '[0.25,0.5]',
      schedule: 'cosine',
      seed: 7,
    });
  });

  it('goes from queued to finished, and every change of state is on record', () => {
    const store = temporaryStore();
    const { id, attempt } = runningRun(store);
    store.steps.append(id, attempt, frame(1, 22), 300);
    store.epochs.record(id, attempt, epoch());
    store.checkpoints.record(id, attempt, { step: 22, file: 'step-22', bytes: 10, sha256: 'ab' });
    const run = store.runs.end(id, attempt, { state: 'finished', reason: '', measured: MEASURED });
    expect(run).toMatchObject({ ...MEASURED, state: 'finished', lastStep: 22, testAccuracy: 0.875 });
    expect(run.endedAt).not.toBeNull();
    const detail = store.runs.detail(id);
    expect(detail.events.map(({ kind, text, step }) => [kind, text, step])).toEqual([
      ['state', 'preparing', 0],
      ['state', 'running', 0],
      ['checkpoint', 'Checkpoint of step 22', 22],
      ['state', 'finished', 22],
    ]);
    expect(detail.environment).toEqual([{ name: 'device', value: 'CPU' }]);
    expect(detail.layers).toEqual(['stem', 'head']);
    expect(detail.checkpoints).toMatchObject([{ step: 22, file: 'step-22', bytes: 10, sha256: 'ab' }]);
    expect(detail.epochs).toEqual([{ runId: id, ...epoch() }]);
    store.checkpoints.forget(id, 22);
    expect(store.checkpoints.list(id)).toEqual([]);
  });

  it('refuses messages of an attempt that is over', () => {
    const store = temporaryStore();
    const { id, attempt } = runningRun(store);
    store.steps.append(id, attempt, frame(1, 30), 1);
    const old = attempt - 1;
    const ready = { layers: ['stem', 'head'], parameters: 1, totalSteps: 1, stepsPerEpoch: 1, environment: [] };
    for (const action of [
      () => store.epochs.record(id, old, epoch()),
      () => store.checkpoints.record(id, old, { step: 1, file: 'f', bytes: 1, sha256: 'ab' }),
      () => store.runs.markReady(id, old, ready),
      () => store.runs.end(id, old, { state: 'finished', reason: '', measured: null }),
    ]) {
      expect(action).toThrow(`Attempt ${old} of run ${id} is not the current one`);
    }
    store.runs.end(id, attempt, { state: 'failed', reason: 'Out of memory', measured: null });
    expect(() => store.epochs.record(id, attempt, epoch())).toThrow('is failed: it takes no more results');
    expect(store.runs.get(id)).toMatchObject({ state: 'failed', reason: 'Out of memory' });
  });

  it('refuses other layers than the attempt before, and results of steps that are not in the file', () => {
    const store = temporaryStore();
    const { id, attempt } = runningRun(store);
    const ready = { layers: ['head', 'stem'], parameters: 1, totalSteps: 1, stepsPerEpoch: 1, environment: [] };
    expect(() => store.runs.markReady(id, attempt, ready)).toThrow('other layers');
    expect(() => store.epochs.record(id, attempt, epoch())).toThrow('after the last stored step 0');
    expect(() => store.checkpoints.record(id, attempt, { step: 1, file: 'f', bytes: 1, sha256: 'ab' })).toThrow(
      'before',
    );
  });

  it('keeps its newest and its best accuracy, and losses that are not finite', () => {
    const store = temporaryStore();
    const { id, attempt } = runningRun(store);
    store.steps.append(id, attempt, frame(1, 66), 1);
    store.epochs.record(id, attempt, epoch());
    store.epochs.record(id, attempt, epoch({ epoch: 2, step: 44, testAccuracy: 0.95, testLoss: -0 }));
    const last = epoch({ epoch: 3, step: 66, testAccuracy: 0.1, testLoss: Number.NaN, trainLoss: Infinity });
    store.epochs.record(id, attempt, last);
    expect(store.epochs.record(id, attempt, last)).toEqual({ runId: id, ...last });
    expect(() => store.epochs.record(id, attempt, { ...last, testLoss: 1 })).toThrow('with other results');
    expect(store.epochs.list([id])).toEqual([
      { runId: id, ...epoch() },
      { runId: id, ...epoch({ epoch: 2, step: 44, testAccuracy: 0.95, testLoss: -0 }) },
      { runId: id, ...last },
    ]);
    expect(store.runs.get(id)).toMatchObject({ testAccuracy: 0.1, bestTestAccuracy: 0.95, testLoss: Number.NaN });
  });

  it('with held-out images keeps what they say of its epochs, and the one test', () => {
    const store = temporaryStore();
    const { id, attempt } = runningRun(store);
    store.steps.append(id, attempt, frame(1, 44), 5);
    const untested = { testLoss: null, testAccuracy: null };
    store.epochs.record(id, attempt, epoch({ ...untested, validationLoss: 0.25, validationAccuracy: 0.9 }));
    const second = { epoch: 2, step: 44, ...untested, validationLoss: Number.NaN, validationAccuracy: 0.8 };
    expect(store.epochs.record(id, attempt, epoch(second))).toMatchObject(second);
    const validated = { validationLoss: Number.NaN, validationAccuracy: 0.8, bestValidationAccuracy: 0.9 };
    expect(store.runs.get(id)).toMatchObject({ ...validated, ...untested, bestTestAccuracy: null });
    expect(() => store.runs.recordTest(id, attempt, { step: 22, loss: 0.5, accuracy: 0.75 })).toThrow('step 22');
    expect(() => store.runs.recordTest(id, attempt + 1, { step: 44, loss: 0.5, accuracy: 0.75 })).toThrow(UserError);
    expect(store.runs.recordTest(id, attempt, { step: 44, loss: 0.5, accuracy: 0.75 })).toMatchObject({
      ...validated,
      testLoss: 0.5,
      testAccuracy: 0.75,
      bestTestAccuracy: null,
    });
  });

  it('is stopped at once while it waits, and asked to stop while it trains', () => {
    const store = temporaryStore();
    const waiting = store.runs.create(newRun());
    expect(store.runs.requestStop(waiting.id, 'No longer wanted')).toMatchObject({
      state: 'stopped',
      reason: 'No longer wanted',
    });
    expect(() => store.runs.requestStop(waiting.id, '')).toThrow('it has ended already');
    expect(() => store.runs.startAttempt(waiting.id)).toThrow('only a queued run can start');
    const { id, attempt } = runningRun(store);
    expect(store.runs.requestStop(id, 'Enough').state).toBe('stopping');
    expect(store.runs.requestStop(id, 'Enough').state).toBe('stopping');
    store.steps.append(id, attempt, frame(1, 3), 1);
    expect(store.runs.end(id, attempt, { state: 'stopped', reason: 'Enough', measured: null }).state).toBe('stopped');
  });

  it('is interrupted when its owner is found dead; one that waits keeps its place', () => {
    const store = temporaryStore();
    const { id, attempt } = runningRun(store);
    store.steps.append(id, attempt, frame(1, 1234), 1);
    const waiting = store.runs.create(newRun());
    expect(store.runs.markInterrupted('The application was killed').map((run) => run.id)).toEqual([id]);
    expect(store.runs.get(id)).toMatchObject({ state: 'interrupted', lastStep: 1234 });
    expect(store.runs.queued().map((run) => run.id)).toEqual([waiting.id]);
    expect(store.steps.verify(id)).toEqual([]);
    expect(() => store.steps.append(id, attempt, frame(1235, 1), 1)).toThrow(UserError);
    expect(store.runs.markInterrupted('')).toEqual([]);
  });

  it('takes a name, notes and tags', () => {
    const store = temporaryStore();
    const { id } = store.runs.create(newRun());
    store.runs.annotate({ id, name: 'mine', notes: 'a note', tags: ['b', 'a', 'b'] });
    expect(store.runs.annotate({ id })).toMatchObject({ name: 'mine', notes: 'a note', tags: ['b', 'a'] });
    expect(store.runs.list()[0]!.tags).toEqual(['b', 'a']);
    expect(() => store.runs.annotate({ id: 9 })).toThrow('There is no run 9');
  });

  it('goes to the bin and comes back; not while it trains', () => {
    const store = temporaryStore();
    const { id, attempt } = runningRun(store);
    expect(() => store.runs.delete([id])).toThrow('cannot go to the bin');
    store.runs.end(id, attempt, { state: 'finished', reason: '', measured: null });
    store.runs.delete([id]);
    expect(store.runs.list()).toEqual([]);
    expect(store.runs.list({ deleted: true }).map((run) => run.id)).toEqual([id]);
    store.runs.restore([id]);
    expect(store.runs.list().map((run) => run.id)).toEqual([id]);
    const waiting = store.runs.create(newRun());
    store.runs.delete([waiting.id]);
    expect(store.runs.get(waiting.id).state).toBe('stopped');
  });
});
