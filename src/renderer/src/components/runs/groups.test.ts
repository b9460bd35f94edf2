import { describe, expect, it } from 'vitest';
import { runRow } from '../../../../analysis/runRow.fixture.ts';
import type { RunHealth } from '../../../../contract/health.ts';
import { RUN_COLUMNS } from './columns.ts';
import { groupCellText, groupRuns, sortGroups } from './groups.ts';
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

describe('runs in groups', () => {
  it('stand by version, then by depth as a number', () => {
    const groups = groupRuns(runs, 'versionAndDepth', context);
    expect(groups.map(({ name }) => name)).toEqual(['V1, 8 layers', 'V1, 20 layers', 'V2, 110 layers']);
    expect(groups[1]!.runs.map(({ id }) => id)).toEqual([2, 4]);
  });

  it('stand by study, the newest first and those in none last', () => {
    const studied = [runRow({ id: 1 }), runRow({ id: 2, studyId: 3 }), runRow({ id: 3, studyId: 12 })];
    expect(groupRuns(studied, 'study', context).map(({ name }) => name)).toEqual([
      'Study 12',
      'Depth on digits',
      'In no study',
    ]);
  });

  it('stand by network, variants of one depth apart', () => {
    const gated = { ...network('v1', 20), shortcut: 'projection' } as const;
    const named = groupRuns([...runs, runRow({ id: 6, network: gated })], 'network', context).map(({ name }) => name);
    expect(named).toEqual(['resnet_v1_8', 'resnet_v1_20', 'resnet_v1_20, projection', 'resnet_v2_110']);
  });

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

  it('are ordered by the mean of a measured column, those without one last', () => {
    const groups = groupRuns(
      [...runs, runRow({ id: 5, network: network('v2', 8), testAccuracy: null })],
      'versionAndDepth',
      context,
    );
    const names = (isDescending: boolean) =>
      sortGroups(groups, column('testAccuracy'), isDescending, context).map(({ name }) => name);
    expect(names(true)).toEqual(['V1, 8 layers', 'V1, 20 layers', 'V2, 110 layers', 'V2, 8 layers']);
    expect(names(false)).toEqual(['V2, 110 layers', 'V1, 20 layers', 'V1, 8 layers', 'V2, 8 layers']);
  });
});

it('lists a group’s runs below it where it is open', () => {
  const groups = groupRuns(runs, 'version', context);
  expect(listItems(runs, null, new Set()).map(itemKey)).toEqual(['run 1', 'run 2', 'run 3', 'run 4']);
  expect(listItems(runs, groups, new Set(['v2'])).map(itemKey)).toEqual(['group v1', 'group v2', 'run 1']);
});
