import { computed, type WritableComputedRef } from 'vue';
import { useRoute, useRouter } from 'vue-router';

/** A text that is kept in the address, so that a link and the way back lead to the same view; empty where it is not there. */
export function useAddressText(name: string): WritableComputedRef<string> {
  const route = useRoute();
  const router = useRouter();
  return computed({
    get: () => {
      const value = route.query[name];
      return typeof value === 'string' ? value : '';
    },
    set: (text) => {
      void router.replace({ query: { ...route.query, [name]: text === '' ? undefined : text } });
    },
  });
}
