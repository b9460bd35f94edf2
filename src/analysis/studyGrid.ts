import { seriesOf } from './studySeries.ts';
import { outlineOf } from '../contract/architecture.ts';
import { choicesOf, NetworkVersion, type NetworkChoices, type NetworkRequest } from '../contract/network.ts';
import type { TrainingRecipe } from '../contract/recipe.ts';
import type { RunRow } from '../contract/run.ts';
import { FURTHER_SERIES, type FurtherSeries, type SeriesId } from '../contract/series.ts';
import type { StudyGrowth, StudyRecord } from '../contract/study.ts';

/** One run that a study is to have. */
export interface GridPlace {
  readonly series: SeriesId;
  readonly network: NetworkRequest;
  readonly recipe: TrainingRecipe;
}

type Grid = NetworkChoices & Pick<StudyRecord, 'versions' | 'depths' | 'seeds' | 'recipe' | 'series'>;

/** Every network of a study with its first seed, shallow ones first. */
function gridNetworks(request: Grid): GridPlace[] {
  const { versions, depths, recipe, series } = request;
  const choices = choicesOf(request);
  const own = versions.flatMap((version) =>
    depths.map((depth) => ({ series: version, network: { version, depth, ...choices }, recipe })),
  );
  const further = series.flatMap((one, index) => furtherNetworks(one, FURTHER_SERIES[index]!, depths));
  return [...own, ...further].sort((one, other) => one.network.depth - other.network.depth);
}

function furtherNetworks(further: FurtherSeries, series: SeriesId, depths: readonly number[]): GridPlace[] {
  const { version, architecture, recipe } = further;
  if (architecture !== undefined) return [{ series, network: { ...outlineOf(architecture), architecture }, recipe }];
  const choices = choicesOf(further);
  return depths.map((depth) => ({ series, network: { version, depth, ...choices }, recipe }));
}

/** A study's grid with what is to be added to it; further series apart. */
export function grownGrid(
  { versions, depths, seeds }: Pick<Grid, 'versions' | 'depths' | 'seeds'>,
  growth: Pick<StudyGrowth, 'versions' | 'depths' | 'seeds'>,
): Pick<Grid, 'versions' | 'depths' | 'seeds'> {
  return {
    versions: NetworkVersion.options.filter((one) => versions.includes(one) || growth.versions?.includes(one)),
    depths: [...new Set([...depths, ...(growth.depths ?? [])])].sort((one, other) => one - other),
    seeds: Math.max(seeds, growth.seeds ?? 0),
  };
}

/** The runs of a study's grid that none of `runs` is, seed by seed: a seed's comparison is whole before the next one starts. */
export function missingPlaces(request: Grid, runs: readonly RunRow[]): GridPlace[] {
  const key = (series: SeriesId, depth: number, seed: number) => `${series} ${depth} ${seed}`;
  const present = new Set(runs.map((run) => key(seriesOf(run, request.series), run.network.depth, run.recipe.seed)));
  const networks = gridNetworks(request);
  return Array.from({ length: request.seeds }, (_, index) => request.recipe.seed + index).flatMap((seed) =>
    networks
      .filter(({ series, network }) => !present.has(key(series, network.depth, seed)))
      .map((place) => ({ ...place, recipe: { ...place.recipe, seed } })),
  );
}
