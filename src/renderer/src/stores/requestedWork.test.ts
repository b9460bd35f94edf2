import { expect, it, vi } from 'vitest';
import { requestedWork } from './requestedWork.ts';

type Work = ReturnType<typeof requestedWork<number>>;
type Open = Parameters<Work['start']>[1];

/** Starts work under the key `a`; what was opened can be spoken for. */
function started() {
  const errors: Error[] = [];
  const work = requestedWork<number>((error) => errors.push(error));
  const dispose = vi.fn();
  const opened: Parameters<Open>[] = [];
  const open: Open = (...callbacks) => {
    opened.push(callbacks);
    return dispose;
  };
  work.start('a', open);
  const [onValue, onError] = opened[0]!;
  return { work, errors, dispose, opened, open, onValue, onError };
}

it('tells progress, then keeps the result and closes the stream', async () => {
  const { work, dispose, onValue } = started();
  expect(work.of('a')).toEqual({ state: 'working', progress: null });
  onValue({ type: 'progress', stage: 'Probing', done: 1, total: 8 });
  expect(work.of('a')).toEqual({ state: 'working', progress: { stage: 'Probing', done: 1, total: 8 } });
  expect(work.of('b')).toBeNull();
  onValue({ type: 'result', result: 5 });
  await Promise.resolve();
  expect(work.of('a')).toEqual({ state: 'done', result: 5 });
  expect(dispose).toHaveBeenCalledOnce();
});

it('starts nothing twice, and anew after a cancel', async () => {
  const { work, dispose, opened, open } = started();
  work.start('a', open);
  expect(opened).toHaveLength(1);
  work.cancel('a');
  await Promise.resolve();
  expect(work.of('a')).toBeNull();
  expect(dispose).toHaveBeenCalledOnce();
  work.start('a', open);
  expect(opened).toHaveLength(2);
});

it('hands an error on and forgets the work', () => {
  const { work, errors, onError } = started();
  onError(new Error('Out of memory'));
  expect(work.of('a')).toBeNull();
  expect(errors).toHaveLength(1);
});
