import SQLite from 'better-sqlite3';
import { describe, expect, it } from 'vitest';
import { STEP_SERIES, type StepFrame } from '../contract/frames.ts';
import { frame, OBSERVED_LAYERS, observedFrame, runningRun, temporaryStore } from './store.fixture.ts';
import type { Store } from './store.ts';

const READY = { layers: ['stem', 'head'], parameters: 3, totalSteps: 5000, stepsPerEpoch: 100, environment: [] };

/** A run whose trainer died after so many steps, and that goes on from a checkpoint. */
function resumed(reached: number, checkpoint: number) {
  const store = temporaryStore();
  const { id, attempt } = runningRun(store);
  store.steps.append(id, attempt, frame(1, reached), 5);
  return { store, id, ...resumeAgain(store, id, checkpoint) };
}

function resumeAgain(store: Store, id: number, checkpoint: number) {
  store.runs.markInterrupted('It died');
  store.runs.requestResume(id);
  const attempt = store.runs.startAttempt(id);
  store.runs.markReady(id, attempt, READY);
  store.runs.goBack(id, attempt, { step: checkpoint, text: '', cause: 'resume' });
  return { attempt };
}

function kept(store: Store, id: number): number[] {
  const reader = new SQLite(store.file, { readonly: true });
  const steps = reader.prepare<[number], number>('SELECT step FROM superseded_steps WHERE run_id = ? ORDER BY step');
  const result = steps.pluck().all(id);
  reader.close();
  return result;
}

const warnings = (store: Store, id: number) => store.events.list(id).filter(({ kind }) => kind === 'warning');
const range = (first: number, last: number) => Array.from({ length: last - first + 1 }, (_, at) => first + at);

/** The same frame with one number changed by its last bit. */
function withOther(given: StepFrame, part: 'series' | 'norms', index: number): StepFrame {
  const values = given[part].slice();
  new Uint32Array(values.buffer)[index]! ^= 1;
  return { ...given, [part]: values };
}

describe('steps that are trained again after a death', () => {
  it('vanish as they are found to be the same, across the borders of segments', () => {
    const { store, id, attempt } = resumed(2100, 950);
    expect(kept(store, id)).toEqual(range(951, 2100));
    store.steps.append(id, attempt, frame(951, 30), 6);
    expect(kept(store, id)).toEqual(range(981, 2100));
    store.steps.append(id, attempt, frame(981, 1500), 7);
    expect(kept(store, id)).toEqual([]);
    expect(warnings(store, id)).toEqual([]);
  });

  it('are compared too where the trainer dies again on the way', () => {
    const { store, id, attempt } = resumed(100, 20);
    store.steps.append(id, attempt, frame(21, 30), 6);
    const { attempt: third } = resumeAgain(store, id, 40);
    expect(kept(store, id)).toEqual(range(41, 100));
    store.steps.append(id, third, frame(41, 50), 7);
    store.steps.append(id, third, withOther(frame(91, 10), 'series', 5 * STEP_SERIES.length), 8);
    expect(warnings(store, id)).toMatchObject([{ step: 100, text: expect.stringContaining('Step 96 ') as string }]);
  });

  it.each([
    ['the loss', 'series', 3 * STEP_SERIES.length + STEP_SERIES.indexOf('loss')],
    ['the global gradient norm', 'series', 3 * STEP_SERIES.length + STEP_SERIES.indexOf('gradientNorm')],
    ['the gradient norm of head', 'norms', 3 * READY.layers.length + 1],
  ] as const)('leave one warning where %s differs by one bit', (what, part, index) => {
    const { store, id, attempt } = resumed(60, 20);
    store.steps.append(id, attempt, withOther(frame(21, 10), part, index), 6);
    store.steps.append(id, attempt, withOther(frame(31, 10), part, index), 7);
    const [warning, ...others] = warnings(store, id);
    expect(warning?.text).toContain(`Step 24 was trained again and is not what it was: ${what} is `);
    expect(others).toEqual([]);
    expect(kept(store, id)).toEqual([]);
    expect(store.runs.get(id).lastStep).toBe(40);
  });

  it('may take another time', () => {
    const { store, id, attempt } = resumed(60, 20);
    store.steps.append(id, attempt, withOther(frame(21, 40), 'series', STEP_SERIES.indexOf('stepMs')), 6);
    expect(warnings(store, id)).toEqual([]);
  });

  it('may be others where the run diverged after the checkpoint and was trained otherwise', () => {
    const store = temporaryStore();
    const { id, attempt } = runningRun(store);
    store.steps.append(id, attempt, frame(1, 30), 5);
    store.runs.goBack(id, attempt, { step: 20, text: 'Diverged', cause: 'divergence' });
    store.steps.append(id, attempt, { ...frame(500, 30), firstStep: 21 }, 6);
    // From the checkpoint before the divergence: it is met again, and the run goes back again.
    const { attempt: second } = resumeAgain(store, id, 20);
    store.steps.append(id, second, frame(21, 10), 6);
    store.runs.goBack(id, second, { step: 20, text: 'Diverged', cause: 'divergence' });
    store.steps.append(id, second, { ...frame(500, 30), firstStep: 21 }, 7);
    expect(warnings(store, id).map(({ text }) => text)).toEqual(['Diverged', 'Diverged']);
    // From a checkpoint after it: compared again.
    const { attempt: third } = resumeAgain(store, id, 40);
    expect(kept(store, id)).toEqual(range(41, 50));
    store.steps.append(id, third, frame(41, 5), 8);
    expect(warnings(store, id).at(-1)?.text).toContain('Step 41 was trained again');
  });
});

describe('what was observed of steps that are trained again', () => {
  /** Of an observation: the norms of two tensors, twice, then the mean of each of three ReLUs, ... */
  const MEAN_OF_HEAD = 2 * READY.layers.length + 2;
  const VARIANCE = 2 * READY.layers.length + 4 * OBSERVED_LAYERS.relu.length;

  function observedAndResumed(reached: number, checkpoint: number) {
    const store = temporaryStore();
    const { id, attempt } = runningRun(store, READY.layers, OBSERVED_LAYERS);
    store.steps.append(id, attempt, observedFrame(1, reached, 10), 5);
    store.runs.markInterrupted('It died');
    store.runs.requestResume(id);
    const next = store.runs.startAttempt(id);
    store.runs.markReady(id, next, { ...READY, observedLayers: OBSERVED_LAYERS });
    store.runs.goBack(id, next, { step: checkpoint, text: '', cause: 'resume' });
    return { store, id, attempt: next };
  }

  it('is compared with it, and goes with it', () => {
    const { store, id, attempt } = observedAndResumed(1100, 20);
    store.steps.append(id, attempt, observedFrame(21, 1079, 10), 6);
    expect(kept(store, id)).toEqual([1100]);
    store.steps.append(id, attempt, observedFrame(1100, 1, 10), 6);
    expect(warnings(store, id)).toEqual([]);
    expect(kept(store, id)).toEqual([]);
  });

  it.each([
    ['the weight norm of stem', 0],
    ['the update norm of head', READY.layers.length + 1],
    ['the activation mean of head.relu', MEAN_OF_HEAD],
    ['the smallest running variance of stem.bn', VARIANCE + 1],
  ])('leaves one warning where %s differs by one bit', (what, place) => {
    const { store, id, attempt } = observedAndResumed(60, 20);
    const given = observedFrame(21, 40, 10);
    const values = given.observations!.values.slice();
    const width = values.length / 4;
    // Of the second and the third observed step of the frame.
    for (const row of [1, 2]) new Uint32Array(values.buffer)[row * width + place]! ^= 1;
    store.steps.append(id, attempt, { ...given, observations: { ...given.observations!, values } }, 6);
    expect(warnings(store, id)).toHaveLength(1);
    expect(warnings(store, id)[0]?.text).toContain(`Step 40 was trained again and is not what it was: ${what} is `);
    expect(kept(store, id)).toEqual([]);
  });

  it('is not missed in steps that an earlier version kept without it', () => {
    const { store, id, attempt } = observedAndResumed(60, 20);
    const older = new SQLite(store.file);
    const bytes = 4 * (STEP_SERIES.length + READY.layers.length);
    older.exec(`UPDATE superseded_steps SET float32 = substr(float32, 1, ${bytes})`);
    older.close();
    store.steps.append(
      id,
      attempt,
      observedFrame(21, 40, 10, () => 7),
      6,
    );
    expect(warnings(store, id)).toEqual([]);
    expect(kept(store, id)).toEqual([]);
  });
});

describe('a change by hand', () => {
  it('of the number of steps is no reason for a warning', () => {
    const store = temporaryStore();
    const { id, attempt } = runningRun(store);
    store.steps.append(id, attempt, frame(1, 60), 5);
    store.runs.markInterrupted('It died');
    store.runs.extend(id, { epochs: 9, totalSteps: 198 });
    const { attempt: second } = resumeAgain(store, id, 20);
    expect(kept(store, id)).toEqual([]);
    store.steps.append(id, second, { ...frame(500, 40), firstStep: 21 }, 6);
    expect(warnings(store, id)).toEqual([]);
    const { attempt: third } = resumeAgain(store, id, 50);
    store.steps.append(id, third, frame(51, 5), 7);
    expect(warnings(store, id)).toHaveLength(1);
  });

  it('of the learning rate is no reason for a warning in the steps after it', () => {
    const { store, id, attempt } = resumed(60, 20);
    store.steps.append(id, attempt, frame(21, 10), 6);
    store.runs.recordLearningRate(id, attempt, { firstStep: 31, learningRate: 0.01 });
    store.steps.append(id, attempt, { ...frame(500, 30), firstStep: 31 }, 7);
    expect(warnings(store, id)).toEqual([]);
  });
});
