import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { STEP_SERIES } from '../contract/frames.ts';
import { frame, normValue, runningRun, seriesValue, temporaryStore } from './store.fixture.ts';

const epoch = (number: number, step: number, testAccuracy: number) => ({
  epoch: number,
  step,
  trainLoss: 1,
  trainAccuracy: 0.5,
  validationLoss: null,
  validationAccuracy: null,
  testLoss: number,
  testAccuracy,
  learningRate: 0.1,
  elapsedMs: step,
});
const TEXT = 'Diverged in step 9: the loss is NaN. Went back to its start';

describe('going back', () => {
  it('leaves the steps before as they were, and takes others after them', () => {
    const reach = fc.integer({ min: 0, max: 2600 });
    fc.assert(
      fc.property(reach, reach, fc.integer({ min: 1, max: 1200 }), (one, other, more) => {
        const [step, reached] = [Math.min(one, other), Math.max(one, other)];
        const store = temporaryStore();
        const { id, attempt } = runningRun(store);
        if (reached > 0) store.steps.append(id, attempt, frame(1, reached), 5);
        const row = store.runs.goBack(id, attempt, { step, text: TEXT, cause: 'divergence' });
        expect(row).toMatchObject({ lastStep: step, trainLoss: step === 0 ? null : seriesValue(step, 0) });

        // The frame of other steps: the values that step + 1 + 7 ... would have had.
        const again = { ...frame(step + 8, more), firstStep: step + 1 };
        store.steps.append(id, attempt, again, 6);
        const valueAt = (at: number) => (at <= step ? at : at + 7);
        for (const [column, name] of STEP_SERIES.entries()) {
          const expected = Float32Array.from({ length: step + more }, (_, at) => seriesValue(valueAt(at + 1), column));
          expect(store.steps.readSeries(id, name).values).toEqual(expected);
        }
        for (const at of new Set([1, Math.max(1, step), step + 1, step + more])) {
          expect(store.steps.readNorms(id, at).layers[1]!.norm).toBe(normValue(valueAt(at), 1));
        }
        store.runs.end(id, attempt, { state: 'finished', reason: '', measured: null });
        expect(store.steps.verify(id)).toEqual([]);
        expect(store.steps.readFlowMap(id, 'gradientNorm', { columns: 50 }).steps.at(-1)).toBeLessThanOrEqual(
          step + more,
        );
      }),
      { numRuns: 20 },
    );
  }, 60_000);

  it('takes evaluations and checkpoints back with the steps, and leaves a warning', () => {
    const store = temporaryStore();
    const { id, attempt } = runningRun(store);
    store.steps.append(id, attempt, frame(1, 9), 5);
    store.epochs.record(id, attempt, epoch(1, 3, 0.7));
    store.epochs.record(id, attempt, epoch(2, 6, 0.9));
    for (const step of [3, 6]) store.checkpoints.record(id, attempt, { step, file: `${step}`, bytes: 1, sha256: 'x' });
    expect(store.runs.goBack(id, attempt, { step: 3, text: TEXT, cause: 'divergence' })).toMatchObject({
      lastStep: 3,
      testLoss: 1,
      testAccuracy: 0.7,
      bestTestAccuracy: 0.7,
    });
    expect(store.epochs.list([id]).map(({ step }) => step)).toEqual([3]);
    expect(store.checkpoints.list(id).map(({ step }) => step)).toEqual([3]);
    expect(store.events.list(id).at(-1)).toMatchObject({ kind: 'warning', step: 9, text: TEXT });
    expect(store.runs.get(id).bestValidationAccuracy).toBeNull();
    // An epoch that is trained again may have other results.
    store.steps.append(id, attempt, frame(4, 3), 6);
    expect(store.epochs.record(id, attempt, epoch(2, 6, 0.8)).testAccuracy).toBe(0.8);

    expect(store.runs.goBack(id, attempt, { step: 0, text: TEXT, cause: 'divergence' })).toMatchObject({
      lastStep: 0,
      trainLoss: null,
      testLoss: null,
      testAccuracy: null,
      bestTestAccuracy: null,
    });
  });

  it('is refused to an old attempt, and to a step that was not reached', () => {
    const store = temporaryStore();
    const { id, attempt } = runningRun(store);
    store.steps.append(id, attempt, frame(1, 4), 5);
    for (const step of [-1, 1.5, 5]) {
      expect(() => store.runs.goBack(id, attempt, { step, text: TEXT, cause: 'divergence' })).toThrow(
        'its last one is 4',
      );
    }
    expect(() => store.runs.goBack(id, attempt - 1, { step: 2, text: TEXT, cause: 'divergence' })).toThrow(
      'not the current one',
    );
    expect(store.runs.get(id).lastStep).toBe(4);
  });
});
