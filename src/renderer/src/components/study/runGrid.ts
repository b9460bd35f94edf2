import { seriesLabel, seriesOf } from '../../../../analysis/studySeries.ts';
import type { RunRow } from '../../../../contract/run.ts';
import { SeriesId, type FurtherSeries } from '../../../../contract/series.ts';

export interface RunGrid {
  readonly seeds: readonly number[];
  readonly rows: readonly {
    readonly key: string;
    readonly series: SeriesId;
    readonly label: string;
    readonly depth: number;
    /** One a seed, in their order; null where a run was deleted. */
    readonly runs: readonly (RunRow | null)[];
  }[];
}

/** A study's runs by depth and series (rows: those of a depth together) and seed (columns). */
export function runGrid(runs: readonly RunRow[], further: readonly FurtherSeries[]): RunGrid {
  const seeds = [...new Set(runs.map(({ recipe }) => recipe.seed))].sort((one, other) => one - other);
  const placed = runs.map((run) => ({ run, series: seriesOf(run, further) }));
  const byNetwork = Map.groupBy(placed, ({ run, series }) => `${series} ${run.network.depth}`);
  const rows = [...byNetwork].map(([key, members]) => {
    const bySeed = new Map(members.map(({ run }) => [run.recipe.seed, run]));
    const { run, series } = members[0]!;
    const label = seriesLabel(series, further);
    return { key, series, label, depth: run.network.depth, runs: seeds.map((seed) => bySeed.get(seed) ?? null) };
  });
  return {
    seeds,
    rows: rows.sort(
      (one, other) =>
        one.depth - other.depth || SeriesId.options.indexOf(one.series) - SeriesId.options.indexOf(other.series),
    ),
  };
}
