import type { MaybeRefOrGetter, ShallowRef } from 'vue';
import type { StudyTable, TableMetric } from '../../../../contract/study.ts';
import { useApi } from '../../api.ts';
import { useStudyAnswer } from './useStudyAnswer.ts';

/** A study's paired table for a metric. */
export function useStudyTable(
  id: number,
  metric: MaybeRefOrGetter<TableMetric>,
): Readonly<ShallowRef<StudyTable | null>> {
  const api = useApi();
  return useStudyAnswer(id, metric, (asked) => api['studies.table'](asked));
}
