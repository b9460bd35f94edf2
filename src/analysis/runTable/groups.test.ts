import { describe, expect, it } from 'vitest';
import { runRow } from '../runRow.fixture.ts';
import { RUN_QUANTITIES } from './columns.ts';
import { groupRuns, sortGroups } from './groups.ts';

const context = { studyNames: new Map([[3, 'Depth on digits']]) };
const column = (id: string) => RUN_QUANTITIES.find((candidate) => candidate.id === id)!;
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
