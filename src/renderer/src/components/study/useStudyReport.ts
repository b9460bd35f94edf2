import type { MaybeRefOrGetter, ShallowRef } from 'vue';
import type { TableMetric } from '../../../../contract/study.ts';
import type { StudyReport } from '../../../../contract/studyReport.ts';
import { useApi } from '../../api.ts';
import { useStudyAnswer } from './useStudyAnswer.ts';

/** A study's report for a metric, which has its table too. */
export function useStudyReport(
  id: number,
  metric: MaybeRefOrGetter<TableMetric>,
): Readonly<ShallowRef<StudyReport | null>> {
  const api = useApi();
  return useStudyAnswer(id, metric, (asked) => api['studies.report'](asked));
}
