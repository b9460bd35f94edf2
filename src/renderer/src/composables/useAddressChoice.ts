import { computed, toValue, type MaybeRefOrGetter, type WritableComputedRef } from 'vue';
import { useRoute, useRouter } from 'vue-router';

/** A choice that stands in the address (`?metric=testLoss`), so that a link shows the same; the usual one does not. */
export function useAddressChoice<Value extends string | number>(
  name: string,
  options: MaybeRefOrGetter<readonly Value[]>,
  usual: MaybeRefOrGetter<Value>,
): WritableComputedRef<Value> {
  const route = useRoute();
  const router = useRouter();
  return computed({
    get: () => toValue(options).find((option) => String(option) === route.query[name]) ?? toValue(usual),
    set: (value) => {
      const isUsual = value === toValue(usual);
      void router.replace({ query: { ...route.query, [name]: isUsual ? undefined : String(value) } });
    },
  });
}
