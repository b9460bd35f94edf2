import { describe, expect, it } from 'vitest';
import { frame, newRun, runningRun, seriesValue, temporaryStore } from './store.fixture.ts';
import type { Store } from './store.ts';

const MEASURED = { elapsedMs: 1000, firstStepMs: 9, stepMs: 8, imagesPerSecond: 100, peakMemoryBytes: 1 };

const epoch = (number: number, step: number) => ({
  epoch: number,
  step,
  trainLoss: 1 / step,
  trainAccuracy: 0.5,
  validationLoss: 0.5,
  validationAccuracy: 0.5 + number / 100,
  testLoss: null,
  testAccuracy: null,
  learningRate: 0.1,
  elapsedMs: step,
});

/** A run of 1,100 steps in the file, with evaluations of two whole epochs and a part of a third, and two checkpoints. */
function endedRun(store: Store, state: 'finished' | 'stopped' | 'diverged' = 'finished') {
  const { id, attempt } = runningRun(store);
  store.steps.append(id, attempt, frame(1, 1100), 500);
  for (const [number, step] of [
    [1, 22],
    [2, 44],
    [50, 1100],
    [51, 1099],
  ] as const) {
    store.epochs.record(id, attempt, epoch(number, step));
  }
  for (const step of [1027, 1100]) {
    store.checkpoints.record(id, attempt, { step, file: `/tmp/step-${step}`, bytes: 5, sha256: 'a'.repeat(64) });
  }
  store.runs.end(id, attempt, { state, reason: '', measured: MEASURED });
  return { id, attempt };
}

describe('a run that is extended', () => {
  it('has more steps to do, keeps what it has, and goes on', () => {
    const store = temporaryStore();
    const { id } = endedRun(store);
    expect(() => store.runs.requestResume(id)).toThrow('it has done all its steps');
    const extended = store.runs.extend(id, { epochs: 100, totalSteps: 2200 });
    expect(extended).toMatchObject({ state: 'finished', totalSteps: 2200, lastStep: 1100 });
    expect(extended.recipe).toMatchObject({ epochs: 100, maxSteps: null });
    const { hyperParameters, epochs, events } = store.runs.detail(id);
    expect(hyperParameters).toContainEqual({ name: 'epochs', number: 100, text: null });
    expect(epochs.map(({ step }) => step)).toEqual([22, 44, 1100]);
    expect(events.at(-1)).toMatchObject({ kind: 'change', text: 'Extended from 110 to 2200 steps (100 epochs)' });
    expect(store.runs.requestResume(id).state).toBe('queued');
  });

  it.each(['diverged'] as const)('is refused where it is %s', (state) => {
    const store = temporaryStore();
    const { id } = endedRun(store, state);
    expect(() => store.runs.extend(id, { epochs: 100, totalSteps: 2200 })).toThrow(`is ${state}`);
    expect(store.runs.get(id).totalSteps).toBe(110);
  });

  it('is refused while it trains', () => {
    const store = temporaryStore();
    const { id } = runningRun(store);
    expect(() => store.runs.extend(id, { epochs: 100, totalSteps: 2200 })).toThrow('is running');
  });
});

describe('another learning rate', () => {
  it('of a run that trains holds from its next step on, and takes the place of later ones', () => {
    const store = temporaryStore();
    const { id, attempt } = runningRun(store);
    store.steps.append(id, attempt, frame(1, 10), 1);
    store.runs.recordLearningRate(id, attempt, { firstStep: 11, learningRate: 0.05 });
    store.steps.append(id, attempt, frame(11, 10), 1);
    store.runs.recordLearningRate(id, attempt, { firstStep: 21, learningRate: 0.01 });
    store.runs.goBack(id, attempt, { step: 5, text: '', cause: 'resume' });
    store.runs.recordLearningRate(id, attempt, { firstStep: 6, learningRate: 0.02 });
    const {
      run: { rateChanges },
      events,
    } = store.runs.detail(id);
    expect(rateChanges).toEqual([{ firstStep: 6, learningRate: 0.02 }]);
    expect(events.filter(({ kind }) => kind === 'change').map(({ text }) => text)).toEqual([
      'Learning rate 0.05 from step 11 on',
      'Learning rate 0.01 from step 21 on',
      'Learning rate 0.02 from step 6 on',
    ]);
    expect(() => store.runs.recordLearningRate(id, attempt, { firstStep: 9, learningRate: 1 })).toThrow('last step 5');
    expect(() => store.runs.recordLearningRate(id, attempt + 1, { firstStep: 6, learningRate: 1 })).toThrow(
      'is not the current one',
    );
    expect(() => store.runs.planLearningRate(id, 1)).toThrow('its trainer says from which step on');
  });

  it('of a run that waits or rests holds from its next step on', () => {
    const store = temporaryStore();
    const { id } = store.runs.create(newRun());
    store.runs.planLearningRate(id, 0.3);
    expect(store.runs.get(id).rateChanges).toEqual([{ firstStep: 1, learningRate: 0.3 }]);
    const { id: stopped } = endedRun(store, 'stopped');
    store.runs.planLearningRate(stopped, 0.3);
    expect(store.runs.list().find((run) => run.id === stopped)!.rateChanges).toEqual([
      { firstStep: 1101, learningRate: 0.3 },
    ]);
    expect(() => store.runs.planLearningRate(endedRun(store).id, 0.3)).toThrow('it trains no more');
  });
});

describe('a fork', () => {
  const fork = (store: Store, parentId: number, step: number) =>
    store.runs.fork({
      parentId,
      step,
      changes: 'learningRate 0.1 to 0.01',
      run: newRun({ name: 'fork', totalSteps: 3000, recipe: { learningRate: 0.01 } }),
      copyCheckpoint: (id) => `/tmp/run-${id}/step-${step}`,
    });

  it("has its parent's history up to the checkpoint, and its own from there", () => {
    const store = temporaryStore();
    const { id: parentId } = endedRun(store);
    const child = fork(store, parentId, 1027);
    expect(child).toMatchObject({ state: 'queued', lastStep: 1027, parent: { runId: parentId, step: 1027 } });
    expect(child).toMatchObject({ studyId: null, testAccuracy: null, validationAccuracy: 0.52 });
    expect(child.elapsedMs).toBeCloseTo((1000 * 1027) / 1100);
    const { checkpoints, layers, epochs, events } = store.runs.detail(child.id);
    expect(checkpoints).toMatchObject([{ step: 1027, file: `/tmp/run-${child.id}/step-1027` }]);
    expect(layers).toEqual(['stem', 'head']);
    expect(epochs.map(({ step }) => step)).toEqual([22, 44]);
    expect(events[0]).toMatchObject({ kind: 'change', step: 1027 });
    expect(events[0]!.text).toBe(`Forked from run ${parentId} (resnet_v2_8) after step 1027: learningRate 0.1 to 0.01`);
    expect(store.events.list(parentId).at(-1)!.text).toContain(`Run ${child.id} was forked from it`);

    const attempt = store.runs.startAttempt(child.id);
    store.runs.markReady(child.id, attempt, {
      layers,
      parameters: 3,
      totalSteps: 3000,
      stepsPerEpoch: 22,
      environment: [],
    });
    store.runs.goBack(child.id, attempt, { step: 1027, text: '', cause: 'resume' });
    store.steps.append(child.id, attempt, frame(1028, 1000), 5);
    store.runs.end(child.id, attempt, { state: 'stopped', reason: '', measured: null });
    const { values } = store.steps.readSeries(child.id, 'loss');
    expect(values).toEqual(Float32Array.from({ length: 2027 }, (_, at) => seriesValue(at + 1, 0)));
    expect(store.steps.verify(child.id)).toEqual([]);
    expect(store.runs.get(parentId)).toMatchObject({ lastStep: 1100, state: 'finished' });
    expect(store.steps.readSeries(parentId, 'loss').values).toHaveLength(1100);
  });

  it('leaves nothing behind where its checkpoint is not there or cannot be copied', () => {
    const store = temporaryStore();
    const { id } = endedRun(store);
    expect(() => fork(store, id, 5)).toThrow(`Run ${id} has no checkpoint of step 5`);
    const broken = () =>
      store.runs.fork({
        parentId: id,
        step: 1100,
        changes: '',
        run: newRun(),
        copyCheckpoint: () => {
          throw new Error('The disk is full');
        },
      });
    expect(broken).toThrow('The disk is full');
    expect(store.runs.list()).toHaveLength(1);
    expect(store.events.list(id).some(({ text }) => text.includes('forked'))).toBe(false);
  });
});
