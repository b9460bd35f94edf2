import { shallowRef, type ShallowRef } from 'vue';
import type { ReferenceSeries } from '../../../../contract/reference.ts';
import { useApi } from '../../api.ts';
import { useNotices } from '../../stores/notices.ts';

/** Published figures of a data set; none for most. */
export function useReferences(data: string): Readonly<ShallowRef<readonly ReferenceSeries[]>> {
  const references = shallowRef<readonly ReferenceSeries[]>([]);
  useApi()
    ['references.list']({ data })
    .then((series) => (references.value = series), useNotices().showError);
  return references;
}
