import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { UserError } from '../contract/errors.ts';
import { mayBecome, type RunState } from '../contract/runState.ts';
import { frame, newRun, runningRun, seriesValue, temporaryStore } from './store.fixture.ts';
import type { Store } from './store.ts';

const READY = { layers: ['one', 'two'], parameters: 3, totalSteps: 1000, stepsPerEpoch: 100, environment: [] };

describe('a run that rests', () => {
  it('in memory takes results again when it goes on, and is the only one that keeps its attempt', () => {
    const store = temporaryStore();
    const { id, attempt } = runningRun(store);
    store.steps.append(id, attempt, frame(1, 4), 5);
    expect(store.runs.requestPause(id, 'Paused')).toMatchObject({ state: 'pausing', isHeld: false });
    store.steps.append(id, attempt, frame(5, 1), 6);
    expect(store.runs.markHeld(id, attempt, { elapsedMs: 7 })).toMatchObject({ state: 'paused', isHeld: true });
    expect(() => store.runs.delete(id)).toThrow('cannot go to the bin');
    expect(store.runs.requestResume(id)).toMatchObject({ state: 'paused', isHeld: true, elapsedMs: 7 });
    expect(store.runs.markContinued(id, attempt)).toMatchObject({ state: 'running', isHeld: false });
    expect(store.steps.append(id, attempt, frame(6, 1), 8).lastStep).toBe(6);
    expect(store.runs.attempt(id)).toBe(attempt);
  });

  it('on the disk is queued again, and trains its steps after the checkpoint anew', () => {
    const store = temporaryStore();
    const { id, attempt } = runningRun(store);
    store.steps.append(id, attempt, frame(1, 1030), 5);
    store.runs.requestPause(id, 'Paused');
    store.runs.end(id, attempt, { state: 'paused', reason: '', measured: null });
    expect(() => store.steps.append(id, attempt, frame(1031, 1), 5)).toThrow('it takes no more results');
    expect(store.runs.requestResume(id)).toMatchObject({ state: 'queued', queuePosition: 1 });
    const next = store.runs.startAttempt(id);
    expect(next).toBe(attempt + 1);
    const { layers: names } = store.runs.detail(id);
    store.runs.markReady(id, next, { ...READY, layers: names });
    expect(() => store.steps.append(id, attempt, frame(1031, 1), 5)).toThrow('is not the current one');
    expect(store.runs.goBack(id, next, { step: 1027, text: '', cause: 'resume' })).toMatchObject({
      lastStep: 1027,
      state: 'running',
    });
    expect(store.events.list(id).some(({ kind }) => kind === 'warning')).toBe(false);
    store.steps.append(id, next, frame(1028, 5), 5);
    const { values } = store.steps.readSeries(id, 'loss');
    expect(values).toEqual(Float32Array.from({ length: 1032 }, (_, at) => seriesValue(at + 1, 0)));
    store.runs.end(id, next, { state: 'stopped', reason: '', measured: null });
    expect(store.steps.verify(id)).toEqual([]);
  });

  it('is left by a dead application as interrupted where it was in memory, and stays where it was on the disk', () => {
    const store = temporaryStore();
    const { id: held, attempt } = runningRun(store);
    store.runs.requestPause(held, 'Paused');
    store.runs.markHeld(held, attempt, { elapsedMs: 1 });
    const waiting = store.runs.create(newRun());
    store.runs.requestPause(waiting.id, 'Paused');
    expect(store.runs.markInterrupted('It died').map(({ id, state, isHeld }) => ({ id, state, isHeld }))).toEqual([
      { id: held, state: 'interrupted', isHeld: false },
    ]);
    expect(store.runs.get(waiting.id).state).toBe('paused');
  });
});

describe('the queue', () => {
  it('starts in the order of asking, and first what was put first', () => {
    const store = temporaryStore();
    const [one, two, three] = [1, 2, 3].map(() => store.runs.create(newRun()).id) as [number, number, number];
    store.runs.moveInQueue(three, one);
    expect(store.runs.queued().map(({ id }) => id)).toEqual([three, one, two]);
    store.runs.requestPause(one, 'Paused');
    store.runs.requestResume(one);
    expect(store.runs.queued().map(({ id }) => id)).toEqual([three, two, one]);
    expect(store.runs.create(newRun()).id).toBe(store.runs.queued().at(-1)?.id);
    store.runs.requestStop(two, 'Stopped');
    expect(() => store.runs.moveInQueue(two, null)).toThrow('only a run that waits');
  });
});

const COMMANDS: readonly ((store: Store, id: number, attempt: number) => unknown)[] = [
  (store, id) => store.runs.requestPause(id, 'Paused'),
  (store, id) => store.runs.requestResume(id),
  (store, id) => store.runs.requestStop(id, 'Stopped'),
  (store, id) => store.runs.startAttempt(id),
  (store, id) => store.runs.moveInQueue(id, null),
  (store, id) => store.runs.extend(id, { epochs: 20, totalSteps: 2000 }),
  (store, id) => store.runs.planLearningRate(id, 0.01),
  (store, id, attempt) => store.runs.markReady(id, attempt, READY),
  (store, id, attempt) => store.runs.markHeld(id, attempt, { elapsedMs: 1 }),
  (store, id, attempt) => store.runs.markContinued(id, attempt),
  ...(['paused', 'stopped', 'finished', 'failed', 'diverged'] as const).map(
    (state) => (store: Store, id: number, attempt: number) =>
      store.runs.end(id, attempt, { state, reason: '', measured: null }),
  ),
  (store) => store.runs.markInterrupted('It died'),
];

describe('whatever is asked in whatever order', () => {
  it('a run changes only as the table of transitions says, and refusals change nothing', () => {
    const commands = fc.array(fc.nat(COMMANDS.length - 1), { maxLength: 40 });
    fc.assert(
      fc.property(commands, (order) => {
        const store = temporaryStore();
        const { id } = store.runs.create(newRun());
        for (const command of order) {
          const before = store.runs.get(id);
          let refused = false;
          try {
            COMMANDS[command]!(store, id, store.runs.attempt(id));
          } catch (error) {
            expect(error).toBeInstanceOf(UserError);
            refused = true;
          }
          const after = store.runs.get(id);
          if (refused) expect(after).toEqual(before);
          else if (after.state !== before.state) expect(mayBecome(before.state, after.state)).toBe(true);
          if (after.isHeld) expect(after.state).toBe<RunState>('paused');
          expect(after.queuePosition === null).toBe(after.state !== 'queued');
        }
        store.close();
      }),
      { numRuns: 50 },
    );
  }, 60_000);
});
