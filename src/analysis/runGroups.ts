import type { RunRow } from '../contract/run.ts';
import { compareCells } from './runTable/order.ts';

/** What runs are grouped by; null where a run has no value of it. */
export type GroupValue = number | string | null;

export interface RunsAlike {
  /** Stays the same while groups come, go and grow. */
  readonly key: string;
  /** At least one. */
  readonly runs: readonly RunRow[];
}

/** Runs with the same values, smaller values first and those without one last. In a group they keep their order. */
export function runsAlike(runs: readonly RunRow[], valuesOf: (run: RunRow) => readonly GroupValue[]): RunsAlike[] {
  const groups = Map.groupBy(runs, (run) => JSON.stringify(valuesOf(run)));
  return [...groups]
    .map(([key, members]) => ({ key, runs: members, values: valuesOf(members[0]!) }))
    .sort((one, other) => compareValues(one.values, other.values))
    .map(({ key, runs: members }) => ({ key, runs: members }));
}

function compareValues(one: readonly GroupValue[], other: readonly GroupValue[]): number {
  for (const [index, value] of one.entries()) {
    const order = compareValue(value, other[index]!);
    if (order !== 0) return order;
  }
  return 0;
}

function compareValue(one: GroupValue, other: GroupValue): number {
  if (one === null || other === null) return Number(one === null) - Number(other === null);
  return compareCells(one, other);
}
