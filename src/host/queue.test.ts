import { setImmediate as nextTurn } from 'node:timers/promises';
import { expect, it } from 'vitest';
import type { RunRow } from '../contract/run.ts';
import { newRun, temporaryStore } from '../store/store.fixture.ts';
import { createQueue } from './queue.ts';

/** A queue whose runs end when they are told to. */
function playedQueue(room: () => { total: number; free: number }) {
  const store = temporaryStore();
  const training = new Map<number, () => void>();
  const train = ({ id }: RunRow) => {
    store.runs.startAttempt(id);
    return new Promise<void>((resolve) =>
      training.set(id, () => {
        training.delete(id);
        resolve();
      }),
    );
  };
  const queue = createQueue(store, { train }, room);
  const end = async (id: number) => {
    training.get(id)!();
    await nextTurn();
  };
  return { store, queue, end, training: () => [...training.keys()] };
}

const PLENTY = { total: 64e9, free: 64e9 };

it('trains one after another, or as many side by side as the settings say', async () => {
  const { store, queue, end, training } = playedQueue(() => PLENTY);
  const [one, two, three] = [1, 2, 3].map(() => store.runs.create(newRun()).id) as [number, number, number];
  queue.wake();
  expect(training()).toEqual([one]);
  store.settings.change({ runsAtOnce: 2 });
  queue.wake();
  expect(training()).toEqual([one, two]);
  await end(one);
  expect(training()).toEqual([two, three]);
});

it('has a run that does not fit beside another one wait, and alone start with a warning', async () => {
  let free = 64e9;
  const { store, queue, end, training } = playedQueue(() => ({ total: 64e9, free }));
  store.settings.change({ runsAtOnce: 2 });
  const warningsOf = (id: number) =>
    store.events.list(id).flatMap(({ kind, text }) => (kind === 'warning' ? text : []));
  const first = store.runs.create(newRun()).id;
  queue.wake();
  free = 1e8;
  const second = store.runs.create(newRun()).id;
  queue.wake();
  expect(training()).toEqual([first]);
  await end(first);
  expect(training()).toEqual([second]);
  expect(warningsOf(second)).toEqual([expect.stringContaining('0.1 GB are free')]);
  expect(warningsOf(first)).toEqual([]);
});

it('takes a run that the store will not start once, not once for each place', () => {
  const store = temporaryStore();
  const started: number[] = [];
  const queue = createQueue(
    store,
    {
      train: ({ id }) => {
        started.push(id);
        return new Promise(() => undefined);
      },
    },
    () => PLENTY,
  );
  store.settings.change({ runsAtOnce: 3 });
  const ids = [1, 2].map(() => store.runs.create(newRun()).id);
  queue.wake();
  expect(started).toEqual(ids);
});
