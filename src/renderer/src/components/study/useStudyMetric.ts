import { computed, type WritableComputedRef } from 'vue';
import { useRoute, useRouter } from 'vue-router';
import { TableMetric } from '../../../../contract/study.ts';

/** Which measurement the page shows; it stands in the address, so that a link shows the same. */
export function useStudyMetric(): WritableComputedRef<TableMetric> {
  const route = useRoute();
  const router = useRouter();
  return computed({
    get: () => TableMetric.options.find((metric) => metric === route.query['metric']) ?? 'testAccuracy',
    set: (metric) => void router.replace({ query: { ...route.query, metric } }),
  });
}
