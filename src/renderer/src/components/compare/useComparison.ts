import { computed, type ComputedRef } from 'vue';
import { compareRuns, type Comparison } from '../../../../analysis/comparison/comparison.ts';
import { factsOf, type Fact } from '../../../../analysis/comparison/facts.ts';
import type { EpochRow, RunRow } from '../../../../contract/run.ts';
import { useEnvironments } from '../../composables/useEnvironments.ts';
import { useEpochs } from '../../composables/useEpochs.ts';
import { useRuns } from '../../stores/runs.ts';
import { useStudies } from '../../stores/studies.ts';
import type { CompareChoice } from './compareAddress.ts';

/** As many as the host follows at once. */
const MOST_RUNS = 1000;

export interface LiveComparison {
  /** The runs that are compared, in the order of the address; the baseline's are among them. */
  readonly runs: ComputedRef<readonly RunRow[]>;
  /** Numbers of the address that no run has, at least not outside the bin. */
  readonly missing: ComputedRef<readonly number[]>;
  readonly epochs: ComputedRef<ReadonlyMap<number, readonly EpochRow[]>>;
  readonly facts: ComputedRef<readonly Fact[]>;
  readonly comparison: ComputedRef<Comparison>;
}

/** A comparison that follows its runs while they train. */
export function useComparison(choice: () => CompareChoice): LiveComparison {
  const store = useRuns();
  const studies = useStudies();
  const ids = computed(() => [...new Set([...choice().runs, ...choice().baseline])].slice(0, MOST_RUNS));
  /** The same list while none of its runs changes: a step of another run makes no new comparison. */
  const runs = computed<readonly RunRow[]>((before) => {
    const rows = store.ofIds(ids.value);
    return before?.length === rows.length && rows.every((row, index) => row === before[index]) ? before : rows;
  });
  const missing = computed(() => (store.isLoaded ? ids.value.filter((id) => !store.byId.has(id)) : []));
  const epochs = useEpochs(() => runs.value.map(({ id }) => id));
  const environments = useEnvironments(() => runs.value);
  const sources = computed(() => ({
    runs: runs.value,
    epochs: epochs.value,
    environments: environments.value,
    studyNames: new Map(studies.all.map(({ id, name }) => [id, name])),
  }));
  const facts = computed(() => factsOf(runs.value, sources.value));
  const comparison = computed(() => compareRuns(sources.value, choice()));
  return { runs, missing, epochs: computed(() => epochs.value), facts, comparison };
}
