import { expect, it, vi } from 'vitest';
import { requestedWork } from './requestedWork.ts';

type Callbacks = Parameters<Parameters<typeof requestedWork<number>>[0]>;

/** Starts work on run 1; what was opened can be spoken for. */
function started() {
  const errors: Error[] = [];
  const dispose = vi.fn();
  const opened: Callbacks[] = [];
  const work = requestedWork<number>(
    (...callbacks) => {
      opened.push(callbacks);
      return dispose;
    },
    (error) => errors.push(error),
  );
  work.start(1);
  const [runId, onValue, onError] = opened[0]!;
  expect(runId).toBe(1);
  return { work, errors, dispose, opened, onValue, onError };
}

it('tells progress, then keeps the result and closes the stream', async () => {
  const { work, dispose, onValue } = started();
  expect(work.of(1)).toEqual({ state: 'working', progress: null });
  onValue({ type: 'progress', stage: 'Probing', done: 1, total: 8 });
  expect(work.of(1)).toEqual({ state: 'working', progress: { stage: 'Probing', done: 1, total: 8 } });
  expect(work.of(2)).toBeNull();
  onValue({ type: 'result', result: 5 });
  await Promise.resolve();
  expect(work.of(1)).toEqual({ state: 'done', result: 5 });
  expect(dispose).toHaveBeenCalledOnce();
});

it('starts nothing twice, and anew after a cancel', async () => {
  const { work, dispose, opened } = started();
  work.start(1);
  expect(opened).toHaveLength(1);
  work.cancel(1);
  await Promise.resolve();
  expect(work.of(1)).toBeNull();
  expect(dispose).toHaveBeenCalledOnce();
  work.start(1);
  expect(opened).toHaveLength(2);
});

it('hands an error on and forgets the work', () => {
  const { work, errors, onError } = started();
  onError(new Error('Out of memory'));
  expect(work.of(1)).toBeNull();
  expect(errors).toHaveLength(1);
});
