import { networkName, networkVariant } from '../../contract/network.ts';
import type { RunRow } from '../../contract/run.ts';
import { runsAlike, type GroupValue, type RunsAlike } from '../runGroups.ts';
import { summarise, type SeedSummary } from '../seeds.ts';
import { isMeasured, type CellValue, type ColumnContext, type RunQuantity } from './columns.ts';

export type GroupBy = 'network' | 'version' | 'depth' | 'data' | 'study' | 'versionAndDepth';

interface GroupFacts {
  readonly label: string;
  /** The columns whose values make a group. */
  readonly columns: readonly string[];
  nameOf(run: RunRow, context: ColumnContext): string;
  /** What the runs of a group have alike; groups are ordered by it where no measured column is sorted by. */
  values(run: RunRow): readonly GroupValue[];
}

const version = ({ network }: RunRow) => network.version.toUpperCase();
const depth = ({ network }: RunRow) => `${network.depth} layers`;

export const GROUPINGS: Readonly<Record<GroupBy, GroupFacts>> = {
  versionAndDepth: {
    label: 'Version and depth',
    columns: ['version', 'depth'],
    nameOf: (run) => `${version(run)}, ${depth(run)}`,
    values: ({ network }) => [network.version, network.depth],
  },
  network: {
    label: 'Network',
    columns: ['version', 'depth', 'network', 'block', 'variant'],
    nameOf: ({ network }) => [networkName(network), networkVariant(network)].filter((part) => part !== '').join(', '),
    values: ({ network }) => [
      network.version,
      network.depth,
      networkName(network),
      network.block,
      networkVariant(network),
    ],
  },
  version: {
    label: 'Version',
    columns: ['version'],
    nameOf: version,
    values: ({ network }) => [network.version],
  },
  depth: { label: 'Depth', columns: ['depth'], nameOf: depth, values: ({ network }) => [network.depth] },
  data: { label: 'Data set', columns: ['data'], nameOf: ({ data }) => data, values: ({ data }) => [data] },
  study: {
    label: 'Study',
    columns: ['study'],
    nameOf: ({ studyId }, { studyNames }) =>
      studyId === null ? 'In no study' : (studyNames.get(studyId) ?? `Study ${studyId}`),
    values: ({ studyId }) => [studyId === null ? null : -studyId],
  },
};

export interface RunGroup extends RunsAlike {
  readonly name: string;
}

/** Runs in groups; within a group they keep their order. */
export function groupRuns(runs: readonly RunRow[], by: GroupBy, context: ColumnContext): RunGroup[] {
  const { nameOf, values } = GROUPINGS[by];
  return runsAlike(runs, values).map((group) => ({ ...group, name: nameOf(group.runs[0]!, context) }));
}

/** A measured column over the runs of a group that finished with a finite value, as in the study's table. */
export function groupCell(column: RunQuantity, { runs }: RunGroup, context: ColumnContext): SeedSummary {
  const values = runs
    .filter(({ state }) => state === 'finished')
    .map((run) => column.read(run, context))
    .filter((value) => typeof value === 'number')
    .filter(Number.isFinite);
  return summarise(values);
}

/** What all runs of a group have alike in a column; null where they differ. */
export function commonValue(column: RunQuantity, { runs }: RunGroup, context: ColumnContext): CellValue {
  const values = new Set(runs.map((run) => column.read(run, context)));
  const [value = null] = values;
  return values.size === 1 ? value : null;
}

/** Groups by the mean of a measured column; those without one last. */
export function sortGroups(
  groups: readonly RunGroup[],
  column: RunQuantity,
  isDescending: boolean,
  context: ColumnContext,
): RunGroup[] {
  if (!isMeasured(column)) return [...groups];
  const means = new Map(groups.map((group) => [group, groupCell(column, group, context).mean]));
  return [...groups].sort((one, other) => {
    const [first, second] = [means.get(one) ?? null, means.get(other) ?? null];
    if (first === null || second === null) return Number(first === null) - Number(second === null);
    return isDescending ? second - first : first - second;
  });
}
