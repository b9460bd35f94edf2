import { computed, shallowRef } from 'vue';
import { exportStudyReport } from '../../../../analysis/scaling/exportStudyReport.ts';
import type { Table } from '../../../../analysis/tables/table.ts';
import { tableOfStudy } from '../../../../analysis/tables/tableOfStudy.ts';
import type { TableMetric } from '../../../../contract/study.ts';
import type { Action } from '../../actions/actions.ts';
import { useApi } from '../../api.ts';
import { useNotices } from '../../stores/notices.ts';
import { saveText } from '../charts/saveFile.ts';
import { useTableCommands } from '../tables/useTableCommands.ts';
import type { TableSource } from '../tables/useTableExport.ts';

/** The ways to give a study's table away: by a dialog over `sources`, and at once by the palette and the keyboard. */
export function useTableActions(id: number, metric: () => TableMetric) {
  const api = useApi();
  const notices = useNotices();
  const isExporting = shallowRef(false);
  /** The table as it was when the dialog was opened. */
  const exported = shallowRef<Table | null>(null);
  const sources = computed((): TableSource[] => {
    const table = exported.value;
    return table === null ? [] : [{ id: 'study', label: table.caption, table: () => table }];
  });

  const read = async () => tableOfStudy(await api['studies.table']({ id, metric: metric() }));
  const exportTable = () =>
    void read().then((table) => {
      exported.value = table;
      isExporting.value = true;
    }, notices.showError);
  /** All that is said of the study for the metric. */
  const saveReport = (format: 'markdown' | 'latex') =>
    void api['studies.report']({ id, metric: metric() }).then((report) => {
      const { text, fileName } = exportStudyReport(report, format);
      saveText(text, fileName);
    }, notices.showError);

  const actions: Action[] = [
    ...useTableCommands('study', read, exportTable),
    { id: 'study-report', group: 'Table', title: 'Save the report', keys: 'e r', run: () => saveReport('markdown') },
    { id: 'study-report-latex', group: 'Table', title: 'Save the report as LaTeX', run: () => saveReport('latex') },
  ];
  return { isExporting, sources, exportTable, actions };
}
