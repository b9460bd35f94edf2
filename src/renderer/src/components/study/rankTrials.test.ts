import { expect, it } from 'vitest';
import { runRow } from '../../../../analysis/runRow.fixture.ts';
import { rankTrials } from './rankTrials.ts';

it('ranks by result among those that trained alike, longest first, and those without a result last', () => {
  const trial = (id: number, epochs: number, testAccuracy: number | null, state: 'finished' | 'failed' = 'finished') =>
    runRow({ id, recipe: { epochs }, testAccuracy, state });
  const trials = [
    trial(1, 1, 0.99),
    trial(2, 3, 0.9),
    trial(3, 3, 0.95),
    trial(4, 9, 0.99, 'failed'),
    trial(5, 3, null),
    trial(6, 3, 0.95),
  ];
  expect(rankTrials(trials, 'testAccuracy').map(({ id }) => id)).toEqual([3, 6, 2, 1, 4, 5]);
});
