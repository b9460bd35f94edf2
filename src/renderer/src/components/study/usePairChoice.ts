import { computed, toValue, type MaybeRefOrGetter } from 'vue';
import { seriesLabel, seriesOf } from '../../../../analysis/studySeries.ts';
import type { RunRow } from '../../../../contract/run.ts';
import { SeriesId, type FurtherSeries } from '../../../../contract/series.ts';
import { useAddressChoice } from '../../composables/useAddressChoice.ts';

/** The depth and the seed that the address chooses, the deepest and the first at the start, and the study's runs of them, V1 first. */
export function usePairChoice(
  runs: MaybeRefOrGetter<readonly RunRow[]>,
  further: MaybeRefOrGetter<readonly FurtherSeries[]>,
) {
  const ascending = (of: (run: RunRow) => number) =>
    computed(() => [...new Set(toValue(runs).map(of))].sort((one, other) => one - other));
  const depths = ascending(({ network }) => network.depth);
  const seeds = ascending(({ recipe }) => recipe.seed);
  const depth = useAddressChoice('depth', depths, () => depths.value.at(-1)!);
  const seed = useAddressChoice('seed', seeds, () => seeds.value[0]!);
  const series = (run: RunRow) => seriesOf(run, toValue(further));
  const placeOf = (run: RunRow) => SeriesId.options.indexOf(series(run));
  return {
    depth,
    depthOptions: computed(() => depths.value.map((value) => ({ value, label: `${value} layers` }))),
    seed,
    seedOptions: computed(() => seeds.value.map((value) => ({ value, label: String(value) }))),
    chosen: computed(() =>
      toValue(runs)
        .filter(({ network, recipe }) => network.depth === depth.value && recipe.seed === seed.value)
        .sort((one, other) => placeOf(one) - placeOf(other)),
    ),
    seriesOf: series,
    /** `V2 SE, 20 layers`. */
    nameOf: (run: RunRow) => `${seriesLabel(series(run), toValue(further))}, ${run.network.depth} layers`,
  };
}
