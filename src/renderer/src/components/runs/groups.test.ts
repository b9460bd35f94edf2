import { describe, expect, it } from 'vitest';
import { groupRuns } from '../../../../analysis/runTable/groups.ts';
import { runRow } from '../../../../analysis/runRow.fixture.ts';
import type { RunHealth } from '../../../../contract/health.ts';
import { RUN_COLUMNS } from './columns.ts';
import { groupCellText } from './groupCell.ts';
import { itemKey, listItems } from './listItems.ts';

const context = { studyNames: new Map([[3, 'Depth on digits']]), health: new Map<number, RunHealth>() };
const column = (id: string) => RUN_COLUMNS.find((candidate) => candidate.id === id)!;
const network = (version: 'v1' | 'v2', depth: number) => ({ version, depth, block: 'basic' }) as const;

const runs = [
  runRow({ id: 1, network: network('v2', 110), testAccuracy: 0.97 }),
  runRow({ id: 2, network: network('v1', 20), testAccuracy: 0.98, recipe: { seed: 1 } }),
  runRow({ id: 3, network: network('v1', 8), testAccuracy: 0.99 }),
  runRow({ id: 4, network: network('v1', 20), testAccuracy: 0.984, recipe: { seed: 2 } }),
];

describe('the cells of a group', () => {
  it('say mean, standard deviation and number of what is measured, and what is set alike', () => {
    const [, group] = groupRuns(runs, 'versionAndDepth', context);
    expect(groupCellText(column('testAccuracy'), group!, context)).toBe('98.20 ± 0.28 (2)');
    expect(groupCellText(column('depth'), group!, context)).toBe('20');
    expect(groupCellText(column('seed'), group!, context)).toBe('');
  });

  it('average only what finished with a finite value', () => {
    const [group] = groupRuns(
      [
        runRow({ id: 1, testLoss: 0.5 }),
        runRow({ id: 2, testLoss: NaN }),
        runRow({ id: 3, testLoss: 7, state: 'stopped' }),
        runRow({ id: 4, testLoss: null, state: 'queued' }),
      ],
      'data',
      context,
    );
    expect(groupCellText(column('testLoss'), group!, context)).toBe('0.5000 (1)');
  });
});

it('lists a group’s runs below it where it is open', () => {
  const groups = groupRuns(runs, 'version', context);
  expect(listItems(runs, null, new Set()).map(itemKey)).toEqual(['run 1', 'run 2', 'run 3', 'run 4']);
  const [first, second] = groups.map(({ key }) => key);
  expect(listItems(runs, groups, new Set([second!])).map(itemKey)).toEqual([
    `group ${first}`,
    `group ${second}`,
    'run 1',
  ]);
});
