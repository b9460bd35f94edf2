import SQLite from 'better-sqlite3';
import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { STEP_SERIES } from '../contract/frames.ts';
import { UserError } from '../contract/errors.ts';
import { toBytes } from './chunks.ts';
import { frame, normValue, runningRun, seriesValue, temporaryStore } from './store.fixture.ts';

const SPECIAL = [Number.NaN, Infinity, -Infinity, -0, 1e-45, 3.4028234663852886e38];

describe('appending steps', () => {
  it('gives back every value at its step, whatever the frames were', () => {
    fc.assert(
      fc.property(fc.array(fc.integer({ min: 1, max: 900 }), { minLength: 1, maxLength: 8 }), (counts) => {
        const store = temporaryStore();
        const { id, attempt } = runningRun(store);
        let last = 0;
        for (const count of counts) {
          store.steps.append(id, attempt, frame(last + 1, count), 5);
          last += count;
        }
        for (const [column, name] of STEP_SERIES.entries()) {
          const expected = Float32Array.from({ length: last }, (_, index) => seriesValue(index + 1, column));
          expect(store.steps.readSeries(id, name)).toEqual({ firstStep: 1, values: expected });
        }
        for (const step of [1, Math.ceil(last / 2), last]) {
          const norms = store.steps.readNorms(id, step).layers.map(({ norm }) => norm);
          expect(norms).toEqual([normValue(step, 0), normValue(step, 1)]);
        }
        expect(store.runs.get(id)).toMatchObject({ lastStep: last, trainLoss: seriesValue(last, 0), elapsedMs: 5 });
        expect(store.steps.verify(id)).toEqual([]);
      }),
      { numRuns: 20 },
    );
  });

  it('keeps every bit of NaN, infinities and negative zero, live and packed', () => {
    const store = temporaryStore();
    const { id, attempt } = runningRun(store);
    const values = Float32Array.from({ length: 1000 }, (_, index) => SPECIAL[index % SPECIAL.length]!);
    const sent = frame(1, 1000);
    sent.series.set(Float32Array.from(sent.series, (_, index) => values[Math.floor(index / STEP_SERIES.length)]!));
    sent.norms.set(values.subarray(0, 1000));
    const head = {
      firstStep: 1,
      count: 999,
      series: sent.series.subarray(0, 999 * STEP_SERIES.length),
      norms: sent.norms.subarray(0, 999 * 2),
    };
    const tail = { ...head, firstStep: 1000, count: 1 };
    store.steps.append(id, attempt, head, 1);
    const live = store.steps.readSeries(id, 'loss').values;
    expect(toBytes(live).equals(toBytes(values.subarray(0, 999)))).toBe(true);
    store.steps.append(
      id,
      attempt,
      { ...tail, series: sent.series.subarray(999 * STEP_SERIES.length), norms: sent.norms.subarray(999 * 2) },
      2,
    );
    const packed = store.steps.readSeries(id, 'loss').values;
    expect(toBytes(packed).equals(toBytes(values))).toBe(true);
    expect(store.steps.readNorms(id, 2).layers.map(({ norm }) => norm)).toEqual([-Infinity, -0]);
  });

  it.each([[Number.NaN], [-0], [Infinity], [-Infinity], [0], [0.25]])(
    'keeps a newest loss of %s in the run',
    (loss) => {
      const store = temporaryStore();
      const { id, attempt } = runningRun(store);
      const sent = frame(1, 1);
      sent.series[0] = loss;
      store.steps.append(id, attempt, sent, 1);
      expect(store.runs.get(id).trainLoss).toBe(loss);
    },
  );

  it('confirms the same steps again and changes nothing', () => {
    const store = temporaryStore();
    const { id, attempt } = runningRun(store);
    expect(store.steps.append(id, attempt, frame(1, 1200), 1)).toEqual({ lastStep: 1200, repeated: false });
    expect(store.steps.append(id, attempt, frame(900, 200), 1)).toEqual({ lastStep: 1200, repeated: true });
    expect(store.steps.readSeries(id, 'loss').values.length).toBe(1200);
  });

  it.each([
    ['a gap', 1, frame(12, 1)],
    ['steps that are half in the file', 1, frame(9, 4)],
    ['the same steps with other values', 1, { ...frame(9, 2), norms: new Float32Array(4) }],
    ['an older attempt', 0, frame(11, 1)],
    ['a later attempt', 2, frame(11, 1)],
    ['a frame with another number of layers', 1, frame(11, 1, 3)],
    ['a frame with too few values', 1, { ...frame(11, 2), series: new Float32Array(5) }],
  ])('refuses %s and changes nothing', (_, attempt, sent) => {
    const store = temporaryStore();
    const { id } = runningRun(store);
    store.steps.append(id, 1, frame(1, 10), 1);
    expect(() => store.steps.append(id, attempt, sent, 2)).toThrow(UserError);
    expect(store.runs.get(id)).toMatchObject({ lastStep: 10, elapsedMs: 1 });
    expect(store.steps.readSeries(id, 'loss').values.length).toBe(10);
  });

  it('refuses steps of a run that has ended', () => {
    const store = temporaryStore();
    const { id, attempt } = runningRun(store);
    store.steps.append(id, attempt, frame(1, 10), 1);
    store.runs.end(id, attempt, { state: 'finished', reason: '', measured: null });
    expect(() => store.steps.append(id, attempt, frame(11, 1), 2)).toThrow('takes no more results');
  });
});

describe('reading steps', () => {
  it('cuts a range to what is stored', () => {
    const store = temporaryStore();
    const { id, attempt } = runningRun(store);
    expect(store.steps.readSeries(id, 'loss')).toEqual({ firstStep: 1, values: new Float32Array(0) });
    store.steps.append(id, attempt, frame(1, 2500), 1);
    expect(store.steps.readSeries(id, 'loss', 1999, 2002).values).toEqual(
      Float32Array.from([1999, 2000, 2001, 2002], (step) => seriesValue(step, 0)),
    );
    expect(store.steps.readSeries(id, 'loss', -5, 2).firstStep).toBe(1);
    expect(store.steps.readSeries(id, 'loss', 2400, 9000).values.length).toBe(101);
    expect(store.steps.readSeries(id, 'loss', 2600, 9000).values.length).toBe(0);
    expect(() => store.steps.readNorms(id, 2501)).toThrow('has no step 2501');
    expect(() => store.steps.readSeries(99, 'loss')).toThrow('There is no run 99');
  });

  it('draws a long curve with its ends and its peak', () => {
    const store = temporaryStore();
    const { id, attempt } = runningRun(store);
    const sent = frame(1, 5000);
    sent.series[3333 * STEP_SERIES.length] = 1e9;
    store.steps.append(id, attempt, sent, 1);
    const curve = store.steps.readCurve(id, 'loss', { pixels: 100 });
    expect(curve.exact).toBe(false);
    expect(curve.steps.length).toBeLessThanOrEqual(400);
    expect([curve.steps[0], curve.steps.at(-1)]).toEqual([1, 5000]);
    expect(curve.values[curve.steps.indexOf(3334)]).toBe(1e9);
    expect(store.steps.readCurve(id, 'loss', { fromStep: 10, toStep: 20, pixels: 100 })).toMatchObject({ exact: true });
  });

  it('gives the largest norm of each column, NaN first, for any range and width', () => {
    const store = temporaryStore();
    const { id, attempt } = runningRun(store);
    const steps = 3456;
    const norms = Float32Array.from({ length: steps * 2 }, (_, index) => Math.sin(index * 12.9898) ** 2);
    norms[2 * 1233] = Number.NaN;
    for (let first = 1; first <= steps; first += 64) {
      const count = Math.min(64, steps - first + 1);
      const part = norms.subarray((first - 1) * 2, (first - 1 + count) * 2);
      store.steps.append(id, attempt, { ...frame(first, count), norms: part }, 1);
    }
    const check = (from: number, to: number, columns: number) => {
      const map = store.steps.readFlowMap(id, 'gradientNorm', { fromStep: from, toStep: to, columns });
      expect(map.steps.length).toBeLessThanOrEqual(columns);
      expect(map.steps[0]).toBeLessThanOrEqual(from);
      expect(map.lastStep).toBeGreaterThanOrEqual(to);
      for (const [column, first] of map.steps.entries()) {
        const next = map.steps[column + 1] ?? map.lastStep + 1;
        for (const layer of [0, 1]) {
          const values = Array.from({ length: next - first }, (_, row) => norms[(first - 1 + row) * 2 + layer]!);
          const expected = values.some(Number.isNaN) ? Number.NaN : Math.max(...values);
          expect(map.values[column * 2 + layer]).toBe(expected);
        }
      }
    };
    fc.assert(
      fc.property(
        fc.integer({ min: 1, max: steps }),
        fc.integer({ min: 0, max: steps }),
        fc.integer({ min: 16, max: 500 }),
        (from, length, columns) => {
          check(from, Math.min(steps, from + length), columns);
        },
      ),
      { numRuns: 60 },
    );
    check(1, steps, 16);
  });

  it('finds a segment whose values were changed behind its back', () => {
    const store = temporaryStore();
    const { id, attempt } = runningRun(store);
    store.steps.append(id, attempt, frame(1, 2500), 1);
    store.runs.end(id, attempt, { state: 'finished', reason: '', measured: null });
    expect(store.steps.verify(id)).toEqual([]);
    const vandal = new SQLite(store.file);
    const changed = store.steps.readSeries(id, 'loss', 1001, 2000).values;
    changed[17]! += 1;
    vandal
      .prepare(`UPDATE series_chunks SET float32 = ? WHERE run_id = ? AND series = 'loss' AND first_step = 1001`)
      .run(toBytes(changed), id);
    vandal.close();
    expect(store.steps.verify(id)).toEqual([1001]);
  });
});
