import { expect, it } from 'vitest';
import { doneShare, meanImagesPerSecond, overallProgress, progressTitle, remainingMs } from './progress.ts';
import { runRow } from './runRow.fixture.ts';

const run = (id: number, lastStep: number, change: Parameters<typeof runRow>[0] = {}) =>
  runRow({ id, name: `run ${id}`, state: 'running', lastStep, totalSteps: 100, startedAt: 1000 - id, ...change });

it('says how far a run is, how fast, and how long it goes on', () => {
  const half = run(1, 50, { elapsedMs: 2000, recipe: { batchSize: 128 } });
  expect(doneShare(half)).toBe(0.5);
  expect(remainingMs(half)).toBe(2000);
  expect(meanImagesPerSecond(half)).toBe(3200);
});

it('knows no speed before the first step', () => {
  const before = run(1, 0, { elapsedMs: 500, totalSteps: 0 });
  expect([doneShare(before), remainingMs(before), meanImagesPerSecond(before)]).toEqual([0, null, null]);
});

it('is the mean of the runs that train, named after the one that started first', () => {
  const runs = [
    run(1, 20),
    run(2, 60),
    run(3, 100, { state: 'finished' }),
    run(4, 5, { state: 'paused', isHeld: true }),
  ];
  const progress = overallProgress(runs)!;
  expect(progress).toEqual({ count: 2, first: { id: 2, name: 'run 2' }, share: 0.4, isResting: false });
  expect(progressTitle(progress)).toBe('40 % · 2 runs');
  expect(progressTitle(overallProgress([run(1, 43)])!)).toBe('43 % · run 1');
});

it('rests where all that is in memory rests, and is nothing where no run has a process', () => {
  const held = overallProgress([run(1, 43, { state: 'paused', isHeld: true })])!;
  expect(held.isResting).toBe(true);
  expect(progressTitle(held)).toBe('Paused at 43 % · run 1');
  expect(overallProgress([run(1, 43, { state: 'paused' }), run(2, 0, { state: 'queued' })])).toBeNull();
});
