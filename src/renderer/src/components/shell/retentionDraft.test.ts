import { expect, it } from 'vitest';
import { draftOf, readRetention } from './retentionDraft.ts';

it('what is kept is read back as it was shown', () => {
  for (const kept of [
    { keepEvery: null, checkpointBudgetBytes: null },
    { keepEvery: 10, checkpointBudgetBytes: 1_500_000_000 },
  ]) {
    expect(readRetention(draftOf(kept))).toEqual({ change: kept, issues: {} });
  }
});

it.each([
  [
    { keepEvery: '0', budgetGigabytes: '' },
    { keepEvery: 'The distance between checkpoints that are kept is at least 1' },
  ],
  [
    { keepEvery: '2.5', budgetGigabytes: '' },
    { keepEvery: 'The distance between checkpoints that are kept is a whole number' },
  ],
  [{ keepEvery: '', budgetGigabytes: 'much' }, { budgetGigabytes: '“much” is not a number' }],
  [
    { keepEvery: '', budgetGigabytes: '0.0001' },
    { budgetGigabytes: 'The budget of checkpoints in bytes is at least 1000000' },
  ],
  [
    { keepEvery: 'x', budgetGigabytes: '-1' },
    { keepEvery: '“x” is not a number', budgetGigabytes: 'The budget of checkpoints in bytes is at least 1000000' },
  ],
])('%j is refused beside its field', (draft, issues) => {
  expect(readRetention(draft)).toEqual({ change: null, issues });
});
