import { describe, expect, it } from 'vitest';
import { runRow } from '../../../../analysis/runRow.fixture.ts';
import type { RunHealth } from '../../../../contract/health.ts';
import { cellText, columnsWithoutDifference, headOf, RUN_COLUMNS } from './columns.ts';

const context = { studyNames: new Map([[3, 'Depth on digits']]), health: new Map<number, RunHealth>() };
const column = (id: string) => RUN_COLUMNS.find((candidate) => candidate.id === id)!;
const text = (id: string, run = runRow()) => cellText(column(id), run, context);

describe('the columns of the runs table', () => {
  it('have their units in the head and figures of one length below', () => {
    expect(headOf(column('testAccuracy'))).toContain('(%)');
    expect(text('testAccuracy')).toBe('98.00');
    expect(text('testLoss')).toBe('0.0500');
    expect(text('memory')).toBe('400');
    expect(text('duration')).toBe('1:00');
  });

  it('show a value that fixed decimals would hide or stretch by its digits', () => {
    expect(text('testLoss', runRow({ testLoss: 0.0000123 }))).toBe('1.23e−5');
    expect(text('testLoss', runRow({ testLoss: 9_735_353.1 }))).toBe('9.735e6');
    expect(text('trainLoss', runRow({ trainLoss: NaN }))).toBe('NaN');
  });

  it('are empty where nothing was measured or set', () => {
    const queued = runRow({ state: 'queued', testAccuracy: null, elapsedMs: 0, parameters: 0, peakMemoryBytes: null });
    expect(['testAccuracy', 'duration', 'parameters', 'memory', 'study', 'tags'].map((id) => text(id, queued))).toEqual(
      Array(6).fill(''),
    );
  });

  it('name a study, and a deleted one by its number', () => {
    expect(text('study', runRow({ studyId: 3 }))).toBe('Depth on digits');
    expect(text('study', runRow({ studyId: 4 }))).toBe('#4');
  });
});

describe('only what differs', () => {
  it('leaves out the columns in which all runs agree', () => {
    const runs = [runRow({ id: 1, recipe: { seed: 1 } }), runRow({ id: 2, recipe: { seed: 2 } })];
    const equal = columnsWithoutDifference(RUN_COLUMNS, runs, context);
    expect(equal.has('seed')).toBe(false);
    expect(equal.has('id')).toBe(false);
    expect(equal.has('depth')).toBe(true);
    expect(equal.has('testAccuracy')).toBe(true);
  });

  it('needs two runs', () => {
    expect(columnsWithoutDifference(RUN_COLUMNS, [runRow()], context).size).toBe(0);
  });
});
