import { parse } from 'valibot';
import { expect, it } from 'vitest';
import { Settings } from '../contract/settings.ts';
import { settingsInEffect } from './retention.ts';

const kept = parse(Settings, { keepEvery: 5, checkpointBudgetBytes: 2_000_000 });

it('what is kept holds where no variable says otherwise', () => {
  expect(settingsInEffect(kept, { DEPTHLAB_KEEP_EVERY: ' ' })).toEqual({ ...kept, setBy: {} });
});

it('a variable goes before what is kept, and is named', () => {
  expect(settingsInEffect(kept, { DEPTHLAB_KEEP_EVERY: '10' })).toEqual({
    ...kept,
    keepEvery: 10,
    setBy: { keepEvery: 'DEPTHLAB_KEEP_EVERY' },
  });
  expect(settingsInEffect(kept, { DEPTHLAB_CHECKPOINT_BUDGET_GB: '1.5' })).toEqual({
    ...kept,
    checkpointBudgetBytes: 1_500_000_000,
    setBy: { checkpointBudgetBytes: 'DEPTHLAB_CHECKPOINT_BUDGET_GB' },
  });
});

it.each([
  [{ DEPTHLAB_KEEP_EVERY: '2.5' }, 'The environment variable DEPTHLAB_KEEP_EVERY is not a whole number'],
  [{ DEPTHLAB_KEEP_EVERY: 'all' }, 'The environment variable DEPTHLAB_KEEP_EVERY is not a number above 0'],
  [
    { DEPTHLAB_CHECKPOINT_BUDGET_GB: '0' },
    'The environment variable DEPTHLAB_CHECKPOINT_BUDGET_GB is not a number above 0',
  ],
])('%j is refused', (environment, message) => {
  expect(() => settingsInEffect(kept, environment)).toThrow(message);
});
