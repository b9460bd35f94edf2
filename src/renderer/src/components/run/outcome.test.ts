import { expect, it } from 'vitest';
import { runRow } from '../../../../analysis/runRow.fixture.ts';
import { outcomeOf } from './outcome.ts';

it('names the place in the queue', () => {
  const queue = [runRow({ id: 4, state: 'queued' }), runRow({ id: 5, state: 'queued' })];
  expect(outcomeOf(queue[0]!, queue)?.title).toBe('Next in the queue');
  expect(outcomeOf(queue[1]!, queue)?.title).toBe('Place 2 in the queue');
});

it('says where and why a run ended badly, and what to do', () => {
  const outcome = outcomeOf(
    runRow({ state: 'diverged', reason: 'The loss is NaN', lastStep: 31, totalSteps: 115 }),
    [],
  );
  expect(outcome?.title).toBe('Diverged at step 31 of 115: The loss is NaN');
  expect(outcome?.advice).toContain('learning rate');
});

it('tells a pause in memory from one on the disk', () => {
  const titles = [true, false].map((isHeld) => outcomeOf(runRow({ state: 'paused', isHeld, lastStep: 3 }), [])?.title);
  expect(titles).toEqual(['Paused in memory at step 3 of 110', 'Paused at step 3 of 110']);
});

it('has nothing to add to a run that trains or has finished', () => {
  expect(outcomeOf(runRow({ state: 'running' }), [])).toBeNull();
  expect(outcomeOf(runRow({ state: 'finished' }), [])).toBeNull();
});
