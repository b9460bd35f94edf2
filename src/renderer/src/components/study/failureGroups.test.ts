import { expect, it } from 'vitest';
import { runRow } from '../../../../analysis/runRow.fixture.ts';
import { studyTable } from '../../../../analysis/studyTable.ts';
import { failureGroups } from './failureGroups.ts';

it('tells together what ended for one reason', () => {
  const stopped = { state: 'stopped' as const, reason: 'Stopped with its study' };
  const runs = [
    runRow({ id: 1, ...stopped, recipe: { seed: 1 } }),
    runRow({ id: 2, ...stopped, recipe: { seed: 2 } }),
    runRow({ id: 3, state: 'failed', reason: 'Out of memory', recipe: { seed: 3 } }),
    runRow({ id: 4, recipe: { seed: 4 } }),
  ];
  const { cells } = studyTable({ studyId: 1, name: 'Study', metric: 'testAccuracy', runs });
  expect(failureGroups(cells).map(({ reason, runs: members }) => [reason, members.map(({ runId }) => runId)])).toEqual([
    ['failed: Out of memory', [3]],
    ['stopped: Stopped with its study', [1, 2]],
  ]);
});
