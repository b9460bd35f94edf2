import { computed, toValue, type MaybeRefOrGetter } from 'vue';
import type { RunRow } from '../../../../contract/run.ts';
import { useAddressChoice } from './useAddressChoice.ts';

/** The depth and the seed that the address chooses, the deepest and the first at the start, and the study's runs of them, V1 first. */
export function usePairChoice(runs: MaybeRefOrGetter<readonly RunRow[]>) {
  const ascending = (of: (run: RunRow) => number) =>
    computed(() => [...new Set(toValue(runs).map(of))].sort((one, other) => one - other));
  const depths = ascending(({ network }) => network.depth);
  const seeds = ascending(({ recipe }) => recipe.seed);
  const depth = useAddressChoice('depth', depths, () => depths.value.at(-1)!);
  const seed = useAddressChoice('seed', seeds, () => seeds.value[0]!);
  return {
    depth,
    depthOptions: computed(() => depths.value.map((value) => ({ value, label: `${value} layers` }))),
    seed,
    seedOptions: computed(() => seeds.value.map((value) => ({ value, label: String(value) }))),
    chosen: computed(() =>
      toValue(runs)
        .filter(({ network, recipe }) => network.depth === depth.value && recipe.seed === seed.value)
        .sort((one, other) => one.network.version.localeCompare(other.network.version)),
    ),
  };
}
