import { computed, shallowRef } from 'vue';
import { exportStudyReport } from '../../../../analysis/scaling/exportStudyReport.ts';
import type { Table } from '../../../../analysis/tables/table.ts';
import { tableOfStudy } from '../../../../analysis/tables/tableOfStudy.ts';
import type { TableFormat } from '../../../../analysis/tables/writeTable.ts';
import type { TableMetric } from '../../../../contract/study.ts';
import type { Action } from '../../actions/actions.ts';
import { useApi } from '../../api.ts';
import { useNotices } from '../../stores/notices.ts';
import { saveText } from '../charts/saveFile.ts';
import { FORMAT_NAMES } from '../tables/formatNames.ts';
import type { TableSource } from '../tables/useTableExport.ts';
import { useTableFile } from '../tables/useTableFile.ts';

/** The ways to give a study's table away: by a dialog over `sources`, and at once by the palette and the keyboard. */
export function useTableActions(id: number, metric: () => TableMetric) {
  const api = useApi();
  const notices = useNotices();
  const file = useTableFile();
  const isExporting = shallowRef(false);
  /** The table as it was when the dialog was opened. */
  const exported = shallowRef<Table | null>(null);
  const sources = computed((): TableSource[] => {
    const table = exported.value;
    return table === null ? [] : [{ id: 'study', label: table.caption, table: () => table }];
  });

  const withTable = async (use: (table: Table) => unknown): Promise<void> => {
    try {
      await use(tableOfStudy(await api['studies.table']({ id, metric: metric() })));
    } catch (error) {
      notices.showError(error);
    }
  };
  /** All that is said of the study for the metric. */
  const saveReport = async (): Promise<void> => {
    try {
      const { text, fileName } = exportStudyReport(await api['studies.report']({ id, metric: metric() }), 'markdown');
      saveText(text, fileName);
    } catch (error) {
      notices.showError(error);
    }
  };
  const exportTable = () =>
    void withTable((table) => {
      exported.value = table;
      isExporting.value = true;
    });

  const action = (keys: string, title: string, run: () => void): Action => ({
    id: `study ${keys}`,
    group: 'Table',
    title,
    keys,
    run,
  });
  const copy = (keys: string, format: TableFormat) =>
    action(keys, `Copy as ${FORMAT_NAMES[format]}`, () => void withTable((table) => file.copy(table, format)));
  const save = (keys: string, format: TableFormat) =>
    action(keys, `Save as ${FORMAT_NAMES[format]}`, () => void withTable((table) => file.save(table, format)));
  const actions = [
    action('e e', 'Export table …', exportTable),
    ...[copy('c m', 'markdown'), copy('c l', 'latex')],
    ...[save('e c', 'csv'), save('e m', 'markdown'), save('e l', 'latex'), save('e j', 'json')],
    action('e r', 'Save the report', () => void saveReport()),
  ];
  return { isExporting, sources, exportTable, actions };
}
