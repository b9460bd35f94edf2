import { tableOfStudy } from '../../../../analysis/tables/tableOfStudy.ts';
import type { TableMetric } from '../../../../contract/study.ts';
import type { Action } from '../../actions/actions.ts';
import { useApi } from '../../api.ts';
import { useTableExport } from '../../composables/useTableExport.ts';

/** The ways to give a study's table away. */
export function useTableActions(id: number, metric: () => TableMetric): readonly (readonly Action[])[] {
  const api = useApi();
  return useTableExport('study', async () => tableOfStudy(await api['studies.table']({ id, metric: metric() })));
}
