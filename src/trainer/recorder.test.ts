import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { STEP_SERIES, type StepFrame } from '../contract/frames.ts';
import { createRecorder } from './recorder.ts';

/** A recorder of two layers whose clock the test turns. */
function recording(firstStep = 1) {
  const frames: StepFrame[] = [];
  const clock = { now: 0 };
  const send = (frame: StepFrame) => void frames.push(frame);
  const recorder = createRecorder({ layers: 2, firstStep, send, now: () => clock.now });
  return { recorder, frames, clock };
}

/** loss, correct, global norm, rate, applied, two norms */
const metrics = (step: number) => Float32Array.of(step, 3, 5, 0.5, 1, step + 0.25, step + 0.5);
const made = (step: number) => ({ metrics: metrics(step), observation: null });

describe('the recorder', () => {
  it('sends a frame of 64 steps, or what there is after 250 ms', () => {
    const { recorder, frames, clock } = recording();
    for (let step = 1; step <= 65; step++) recorder.record(made(step), 6, 1);
    expect(frames.map(({ count }) => count)).toEqual([64]);
    clock.now = 249;
    recorder.record(made(66), 6, 1);
    expect(frames).toHaveLength(1);
    clock.now = 250;
    recorder.record(made(67), 6, 1);
    expect(frames.map(({ firstStep, count }) => [firstStep, count])).toEqual([
      [1, 64],
      [65, 3],
    ]);
  });

  it('gives each series its column, accuracy as a fraction of the batch', () => {
    const { recorder, frames } = recording(8);
    recorder.record(made(8), 6, 12.5);
    recorder.flush();
    expect(STEP_SERIES).toEqual(['loss', 'accuracy', 'gradientNorm', 'learningRate', 'stepMs']);
    expect(frames).toEqual([
      { firstStep: 8, count: 1, series: Float32Array.of(8, 0.5, 5, 0.5, 12.5), norms: Float32Array.of(8.25, 8.5) },
    ]);
  });

  it('sends memory of its own: neither the session nor a later step changes a frame', () => {
    const { recorder, frames } = recording();
    const shared = metrics(1);
    recorder.record({ metrics: shared, observation: null }, 6, 1);
    recorder.flush();
    shared.fill(9);
    recorder.record(made(2), 6, 1);
    recorder.flush();
    expect(frames.map(({ series }) => series[0])).toEqual([1, 2]);
    expect(frames[0]!.series.buffer.byteLength).toBe(4 * STEP_SERIES.length);
  });

  it('sends what was observed with its steps, also after it went back', () => {
    const { recorder, frames } = recording();
    const observe = (step: number) =>
      recorder.record({ metrics: metrics(step), observation: Float32Array.of(step, step + 0.5) }, 6, 1);
    for (let step = 1; step <= 70; step++) {
      if (step % 30 === 0) observe(step);
      else recorder.record(made(step), 6, 1);
    }
    recorder.goBack(60);
    observe(60);
    recorder.record(made(61), 6, 1);
    recorder.flush();
    expect(frames.map(({ firstStep, observations }) => [firstStep, observations])).toEqual([
      [1, { steps: Float64Array.of(30, 60), values: Float32Array.of(30, 30.5, 60, 60.5) }],
      [65, undefined],
      [60, { steps: Float64Array.of(60), values: Float32Array.of(60, 60.5) }],
    ]);
  });

  it('keeps NaN and infinities', () => {
    const { recorder, frames } = recording();
    recorder.record({ metrics: Float32Array.of(NaN, 0, Infinity, 0.1, 0, -Infinity, NaN), observation: null }, 6, 1);
    recorder.flush();
    expect([...frames[0]!.series.slice(0, 3), ...frames[0]!.norms]).toEqual([NaN, 0, Infinity, -Infinity, NaN]);
  });

  it('numbers the steps anew after going back', () => {
    const { recorder, frames } = recording();
    for (const step of [1, 2, 3]) recorder.record(made(step), 6, 1);
    recorder.goBack(2);
    recorder.record(made(9), 6, 1);
    recorder.flush();
    expect(frames.map(({ firstStep, series }) => [firstStep, series[0]])).toEqual([
      [1, 1],
      [2, 9],
    ]);
  });

  it('loses no step and sends none twice, however time goes', () => {
    fc.assert(
      fc.property(fc.array(fc.tuple(fc.nat(400), fc.boolean()), { maxLength: 300 }), (steps) => {
        const { recorder, frames, clock } = recording();
        for (const [index, [pause, flush]] of steps.entries()) {
          clock.now += pause;
          recorder.record(made(index + 1), 6, 1);
          if (flush) recorder.flush();
        }
        recorder.flush();
        const losses = frames.flatMap(({ count, series }) =>
          Array.from({ length: count }, (_, row) => series[row * STEP_SERIES.length]),
        );
        expect(losses).toEqual(steps.map((_, index) => index + 1));
        let next = 1;
        for (const { firstStep, count, norms } of frames) {
          expect(firstStep).toBe(next);
          expect(norms).toHaveLength(2 * count);
          next += count;
        }
      }),
    );
  });
});
