import { expect, it } from 'vitest';
import { runRow } from '../../../../../analysis/runRow.fixture.ts';
import { newForkDraft, readForkDraft } from './forkDraft.ts';

const run = runRow({
  id: 7,
  recipe: { learningRate: 0.1, epochs: 5 },
  rateChanges: [{ firstStep: 50, learningRate: 0.03 }],
});

it('asks for what differs, and for the rate that the parent had at the checkpoint', () => {
  const draft = newForkDraft(run, 66);
  draft.numbers.epochs = '9';
  draft.numbers.clipNorm = '5';
  expect(readForkDraft(run, draft)).toEqual({
    request: { id: 7, step: 66, name: `${run.name} fork`, recipe: { learningRate: 0.03, epochs: 9, clipNorm: 5 } },
    issues: {},
  });
  expect(newForkDraft(run, 49).numbers.learningRate).toBe('0.1');
});

it('says in which field what is wrong', () => {
  const draft = newForkDraft(run, 66);
  draft.numbers.learningRate = '-1';
  draft.numbers.epochs = 'many';
  expect(readForkDraft(run, draft)).toEqual({
    request: null,
    issues: { learningRate: 'The learning rate is greater than 0', epochs: '“many” is not a number' },
  });
});
