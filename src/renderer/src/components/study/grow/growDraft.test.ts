import { parse } from 'valibot';
import { describe, expect, it } from 'vitest';
import { runRow } from '../../../../../analysis/runRow.fixture.ts';
import { StudyRecord, type StudyRow } from '../../../../../contract/study.ts';
import { newGrowDraft, readGrowDraft, type GrowDraft } from './growDraft.ts';

const request = parse(StudyRecord, { depths: [8, 20], seeds: 2 });
const runs = (['v1', 'v2'] as const).flatMap((version) =>
  request.depths.flatMap((depth) =>
    [1, 2].map((seed) => runRow({ network: { version, depth, block: 'basic' }, recipe: { seed } })),
  ),
);
const study: StudyRow = {
  id: 3,
  name: 'Study',
  request,
  createdAt: 0,
  runIds: [],
  finished: 8,
  ended: 0,
  pending: 0,
  deletedAt: null,
};
const read = (change: Partial<GrowDraft>, members = runs) =>
  readGrowDraft(study, members, { ...newGrowDraft(study), ...change });

describe('what is added to a study', () => {
  it('is nothing at first', () => {
    expect(read({})).toMatchObject({ missing: 0, issues: {} });
  });

  it('counts the runs that are missing, also those that were deleted', () => {
    expect(read({ depths: '8, 20, 44' }).missing).toBe(4);
    expect(read({ seeds: '5' }).missing).toBe(12);
    expect(read({}, runs.slice(1)).missing).toBe(1);
    expect(read({ addsSeries: true, label: 'V2 SE', se: '16', seeds: '3' }).missing).toBe(4 + 6);
  });

  it('asks for a series with what differs', () => {
    const { request: asked } = read({ addsSeries: true, label: 'Dropped', stochasticDepth: '0.5' });
    expect(asked?.series).toEqual({
      label: 'Dropped',
      version: 'v2',
      recipe: { stochasticDepth: 0.5, learningRate: 0.1 },
    });
  });

  it('says what is wrong beside its field', () => {
    expect(read({ depths: '8, x' }).issues.depths).toMatch(/not a number/);
    expect(read({ depths: '3' }).issues.depths).toMatch(/at least 8/);
    expect(read({ addsSeries: true }).issues.label).toMatch(/label/);
    expect(read({ addsSeries: true, label: 'x', se: '0.5' }).issues.se).toMatch(/whole number/);
    expect(read({ label: '', se: 'y' })).toMatchObject({ issues: {} });
  });
});
