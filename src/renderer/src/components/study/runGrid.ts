import type { NetworkVersion } from '../../../../contract/network.ts';
import type { RunRow } from '../../../../contract/run.ts';

export interface RunGrid {
  readonly seeds: readonly number[];
  readonly rows: readonly {
    readonly key: string;
    readonly version: NetworkVersion;
    readonly depth: number;
    /** One a seed, in their order; null where a run was deleted. */
    readonly runs: readonly (RunRow | null)[];
  }[];
}

/** A study's runs by depth and version (rows: V1 and V2 of a depth together) and seed (columns). */
export function runGrid(runs: readonly RunRow[]): RunGrid {
  const seeds = [...new Set(runs.map(({ recipe }) => recipe.seed))].sort((one, other) => one - other);
  const byNetwork = Map.groupBy(runs, ({ network }) => `${network.version} ${network.depth}`);
  const rows = [...byNetwork].map(([key, members]) => {
    const bySeed = new Map(members.map((run) => [run.recipe.seed, run]));
    const { version, depth } = members[0]!.network;
    return { key, version, depth, runs: seeds.map((seed) => bySeed.get(seed) ?? null) };
  });
  return {
    seeds,
    rows: rows.sort((one, other) => one.depth - other.depth || one.version.localeCompare(other.version)),
  };
}
