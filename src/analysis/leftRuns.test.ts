import { expect, it } from 'vitest';
import { CLOSING_REASONS, signalReason } from '../contract/closing.ts';
import { leftRuns } from './leftRuns.ts';
import { runRow } from './runRow.fixture.ts';

const row = (id: number, change: Parameters<typeof runRow>[0]) => runRow({ id, endedAt: 1000 + id, ...change });

it('finds what ended with the application, what had trained first', () => {
  const runs = [
    row(1, { state: 'stopped', reason: CLOSING_REASONS.leftTheQueue, lastStep: 0 }),
    row(2, { state: 'stopped', reason: CLOSING_REASONS.stopped, lastStep: 40 }),
    row(3, { state: 'interrupted', reason: 'Depthlab ended while it trained', lastStep: 7 }),
    row(4, { state: 'stopped', reason: CLOSING_REASONS.diedBeforeItsTurn, lastStep: 0 }),
    row(8, { state: 'stopped', reason: signalReason('SIGTERM'), lastStep: 9 }),
    row(5, { state: 'stopped', reason: 'Stopped by the user' }),
    row(6, { state: 'finished' }),
    row(7, { state: 'failed', reason: CLOSING_REASONS.stopped }),
  ];
  expect(leftRuns(runs, 0).map(({ id }) => id)).toEqual([2, 3, 8, 1, 4]);
});

it('leaves out what ended before the time given', () => {
  const runs = [row(1, { state: 'interrupted' }), row(2, { state: 'interrupted' })];
  expect(leftRuns(runs, 1001).map(({ id }) => id)).toEqual([2]);
});
