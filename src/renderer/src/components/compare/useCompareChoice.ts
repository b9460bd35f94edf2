import { computed, type ComputedRef, type WritableComputedRef } from 'vue';
import { useRoute, useRouter } from 'vue-router';
import { readCompareQuery, writeCompareQuery, type CompareChoice } from './compareAddress.ts';

export interface CompareChoices {
  readonly choice: ComputedRef<CompareChoice>;
  change(change: Partial<CompareChoice>): void;
  /** One of the choices, for a control. */
  model<Name extends keyof CompareChoice>(name: Name): WritableComputedRef<CompareChoice[Name]>;
}

/** What is compared and how: kept in the address alone, so that a link and a restart show the same. */
export function useCompareChoice(): CompareChoices {
  const route = useRoute();
  const router = useRouter();
  const choice = computed(() => readCompareQuery(route.query));
  const change = (changed: Partial<CompareChoice>) => {
    void router.replace({ query: writeCompareQuery({ ...choice.value, ...changed }) });
  };
  const model = <Name extends keyof CompareChoice>(name: Name) =>
    computed({
      get: () => choice.value[name],
      set: (value: CompareChoice[Name]) => change({ [name]: value }),
    });
  return { choice, change, model };
}
