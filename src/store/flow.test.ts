import SQLite from 'better-sqlite3';
import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  frame,
  newRun,
  OBSERVED_LAYERS,
  observedFrame,
  observedValue,
  runningRun,
  temporaryStore,
} from './store.fixture.ts';
import type { Store } from './store.ts';

const observingRun = (store: Store) => runningRun(store, ['stem', 'head'], OBSERVED_LAYERS);
const mapOf = (store: Store, id: number, columns = 4096) => store.steps.readFlowMap(id, 'activationMean', { columns });

describe('observations', () => {
  it('are given back at their steps, by quantity and layer', () => {
    const store = temporaryStore();
    const { id, attempt } = observingRun(store);
    for (let first = 1; first < 1300; first += 100) store.steps.append(id, attempt, observedFrame(first, 100, 7), 1);
    const map = mapOf(store, id);
    expect(map.layers).toEqual(OBSERVED_LAYERS.relu);
    expect([...map.steps]).toEqual(Array.from({ length: Math.floor(1300 / 7) }, (_, index) => 7 * (index + 1)));
    expect(map.values.slice(0, 3)).toEqual(
      Float32Array.of(observedValue(7, 4), observedValue(7, 5), observedValue(7, 6)),
    );
    expect(map.lastStep).toBe(1300);
    const profile = store.steps.readFlowProfile(id, 1000);
    expect(profile).toMatchObject({ step: 994, isObserved: true });
    const of = (name: string) => profile.quantities.find(({ quantity }) => quantity === name)!;
    expect(of('batchNormVarianceMin')).toMatchObject({
      layers: ['stem.bn'],
      values: Float32Array.of(observedValue(994, 17)),
    });
    expect(of('updateRatio').values[0]).toBe(Math.fround(observedValue(994, 2) / observedValue(994, 0)));
    expect(of('gradientNorm').layers).toEqual(['stem', 'head']);
    expect(store.steps.readFlowProfile(id, 6)).toMatchObject({ step: 6, isObserved: false, quantities: [{}] });
    expect(() => store.steps.readFlowProfile(id, 1301)).toThrow('has no step 1301');
  });

  it('of more steps than columns show the largest of each column, the smallest of a smallest, and NaN above all', () => {
    const store = temporaryStore();
    const { id, attempt } = observingRun(store);
    store.steps.append(
      id,
      attempt,
      observedFrame(1, 100, 1, (step, place) => (step === 50 && place === 4 ? NaN : step)),
      1,
    );
    const map = mapOf(store, id, 16);
    expect([...map.steps]).toEqual([1, 8, 15, 22, 29, 36, 43, 50, 57, 64, 71, 78, 85, 92, 99]);
    expect([...map.values.slice(0, 3)]).toEqual([7, 7, 7]);
    expect([...map.values.slice(21, 24)]).toEqual([NaN, 56, 56]);
    const smallest = store.steps.readFlowMap(id, 'batchNormVarianceMin', { columns: 16 });
    expect([...smallest.values.slice(0, 2)]).toEqual([1, 8]);
  });

  it('of a part of the steps begin with the one that holds at its start', () => {
    const store = temporaryStore();
    const { id, attempt } = observingRun(store);
    store.steps.append(id, attempt, observedFrame(1, 100, 10), 1);
    const map = store.steps.readFlowMap(id, 'weightNorm', { fromStep: 25, toStep: 45, columns: 16 });
    expect([...map.steps]).toEqual([20, 30, 40]);
    expect(map.lastStep).toBe(45);
  });

  it('go with the steps that a run takes back, and come again', () => {
    const step = fc.integer({ min: 0, max: 1500 });
    fc.assert(
      fc.property(step, step, (one, other) => {
        const [back, reached] = [Math.min(one, other), Math.max(one, other)];
        const store = temporaryStore();
        const { id, attempt } = observingRun(store);
        if (reached > 0) store.steps.append(id, attempt, observedFrame(1, reached, 3), 1);
        store.runs.goBack(id, attempt, { step: back, text: '', cause: 'divergence' });
        store.steps.append(id, attempt, observedFrame(back + 1, 100, 3), 1);
        store.runs.end(id, attempt, { state: 'finished', reason: '', measured: null });
        const { steps, values } = mapOf(store, id);
        expect([...steps]).toEqual(Array.from({ length: Math.floor((back + 100) / 3) }, (_, index) => 3 * (index + 1)));
        expect([...values.slice(-3)]).toEqual([4, 5, 6].map((place) => observedValue(steps.at(-1)!, place)));
        expect(store.steps.verify(id)).toEqual([]);
      }),
      { numRuns: 10 },
    );
  }, 60_000);

  it('are copied to a fork up to its step, and deleted with their run', () => {
    const store = temporaryStore();
    const { id, attempt } = observingRun(store);
    store.steps.append(id, attempt, observedFrame(1, 100, 5), 1);
    store.checkpoints.record(id, attempt, { step: 52, file: 'f', bytes: 1, sha256: 'x' });
    store.runs.end(id, attempt, { state: 'finished', reason: '', measured: null });
    const child = store.runs.fork({ parentId: id, step: 52, changes: '', run: newRun(), copyCheckpoint: () => 'g' });
    expect(mapOf(store, child.id)).toMatchObject({
      layers: OBSERVED_LAYERS.relu,
      steps: mapOf(store, id).steps.slice(0, 10),
    });
    store.runs.delete([id]);
    store.bin.purgeRuns([id]);
    const reader = new SQLite(store.file, { readonly: true });
    const left = reader.prepare<[], number>('SELECT DISTINCT run_id FROM observations').pluck().all();
    reader.close();
    expect(left).toEqual([child.id]);
  });

  it('are confirmed again only where they are the same bits, and refused where they do not fit', () => {
    const store = temporaryStore();
    const { id, attempt } = observingRun(store);
    store.steps.append(id, attempt, observedFrame(1, 10, 5), 1);
    expect(store.steps.append(id, attempt, observedFrame(1, 10, 5), 1).repeated).toBe(true);
    expect(() =>
      store.steps.append(
        id,
        attempt,
        observedFrame(1, 10, 5, () => 1),
        1,
      ),
    ).toThrow('with other values');
    const next = observedFrame(11, 10, 5);
    const { steps, values } = next.observations!;
    for (const observations of [
      { steps, values: values.subarray(1) },
      { steps: Float64Array.of(15, 21), values },
      { steps: Float64Array.of(20, 15), values },
    ]) {
      expect(() => store.steps.append(id, attempt, { ...next, observations }, 1)).toThrow(
        'an observation of this run has 18',
      );
    }
    expect(store.runs.get(id).lastStep).toBe(10);
  });

  it('that were changed in the file are found by the segment’s hash', () => {
    const store = temporaryStore();
    const { id, attempt } = observingRun(store);
    store.steps.append(id, attempt, observedFrame(1, 1000, 50), 1);
    expect(store.steps.verify(id)).toEqual([]);
    const writer = new SQLite(store.file);
    writer.exec(`UPDATE observations SET float32 = zeroblob(12) WHERE quantity = 'deadFraction' AND step = 500`);
    writer.close();
    expect(store.steps.verify(id)).toEqual([1]);
  });

  it('are not there in a run that observes none: maps are empty and a profile has gradient norms', () => {
    const store = temporaryStore();
    const { id, attempt } = runningRun(store);
    store.steps.append(id, attempt, frame(1, 10), 1);
    expect(mapOf(store, id)).toMatchObject({ layers: [], steps: new Float64Array(0) });
    expect(store.steps.readFlowMap(id, 'weightNorm', { columns: 16 }).steps).toHaveLength(0);
    expect(store.steps.readFlowProfile(id)).toMatchObject({ step: 10, isObserved: false });
    expect(store.steps.readFlowMap(id, 'gradientNorm', { columns: 16 }).steps).toHaveLength(10);
  });
});
