import { describe, expect, it } from 'vitest';
import { runRow } from '../../../../analysis/runRow.fixture.ts';
import { studyProgress, studyTimeLeft } from './studyProgress.ts';

const v1 = (depth: number) => ({ version: 'v1' as const, depth, block: 'basic' as const });

describe('studyProgress', () => {
  it('counts how runs ended and how far the study is', () => {
    const progress = studyProgress([
      runRow({ state: 'finished', totalSteps: 100, lastStep: 100 }),
      runRow({ state: 'failed', totalSteps: 100, lastStep: 10 }),
      runRow({ state: 'running', totalSteps: 100, lastStep: 50, elapsedMs: 50_000 }),
      runRow({ state: 'queued', totalSteps: 100, lastStep: 0, elapsedMs: 0 }),
    ]);
    expect(progress).toMatchObject({
      isOver: false,
      share: 0.625,
      done: '1 of 4 runs finished',
      losses: [{ text: '1 failed', isFailure: true }],
    });
    expect(progress.left).toMatch(/^about .* left$/);
  });

  it('does not count down what was asked to stop', () => {
    const stopping = { totalSteps: 100, lastStep: 50, elapsedMs: 50_000 };
    const progress = studyProgress([
      runRow({ ...stopping, state: 'stopping' }),
      runRow({ ...stopping, state: 'stopped' }),
    ]);
    expect(progress).toMatchObject({ isOver: false, left: '', losses: [{ text: '1 stopped', isFailure: false }] });
  });

  it('has no time left at the end', () => {
    expect(studyProgress([runRow()])).toEqual({
      isOver: true,
      share: 1,
      done: '1 of 1 run finished',
      losses: [],
      left: '',
    });
  });
});

describe('studyTimeLeft', () => {
  it('takes the speed of the same network, else of a layer', () => {
    const finished = runRow({ network: v1(20), totalSteps: 10, lastStep: 10, elapsedMs: 2000 });
    const waiting = { state: 'queued' as const, totalSteps: 10, lastStep: 0, elapsedMs: 0 };
    expect(studyTimeLeft([finished, runRow({ ...waiting, network: v1(20) })])).toBeCloseTo(2000);
    expect(studyTimeLeft([finished, runRow({ ...waiting, network: v1(40) })])).toBeCloseTo(4000);
  });

  it('takes an active run’s own speed', () => {
    expect(studyTimeLeft([runRow({ state: 'running', totalSteps: 40, lastStep: 10, elapsedMs: 1000 })])).toBe(3000);
  });

  it('is unknown before the first step', () => {
    expect(studyTimeLeft([runRow({ state: 'preparing', lastStep: 0, elapsedMs: 0 })])).toBeNull();
  });
});
