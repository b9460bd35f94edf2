import { computed, toValue, type MaybeRefOrGetter, type WritableComputedRef } from 'vue';
import { useRoute, useRouter } from 'vue-router';

/** A choice that stands in the address (`?metric=testLoss`), so that a link shows the same; the first is the default. */
export function useAddressChoice<Value extends string | number>(
  name: string,
  options: MaybeRefOrGetter<readonly [Value, ...Value[]]>,
): WritableComputedRef<Value> {
  const route = useRoute();
  const router = useRouter();
  return computed({
    get: () => toValue(options).find((option) => String(option) === route.query[name]) ?? toValue(options)[0],
    set: (value) => {
      const isDefault = value === toValue(options)[0];
      void router.replace({ query: { ...route.query, [name]: isDefault ? undefined : String(value) } });
    },
  });
}
