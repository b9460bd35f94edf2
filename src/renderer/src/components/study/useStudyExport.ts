import { exportStudyReport } from '../../../../analysis/scaling/exportStudyReport.ts';
import type { ExportFormat, TableMetric } from '../../../../contract/study.ts';
import { useApi } from '../../api.ts';
import { useNotices } from '../../stores/notices.ts';
import { saveFile } from '../charts/saveFile.ts';

/** Gives a study's table away: as a file, or through the clipboard. */
export function useStudyExport(id: number, metric: () => TableMetric) {
  const api = useApi();
  const notices = useNotices();
  const write = (format: ExportFormat) => api['studies.export']({ id, metric: metric(), format });

  const save = async (format: ExportFormat) => {
    try {
      saveText(await write(format));
    } catch (error) {
      notices.showError(error);
    }
  };
  /** Where the clipboard is refused, the text is saved instead: the user has asked for it. */
  const copy = async (format: ExportFormat, name: string) => {
    try {
      const file = await write(format);
      const isCopied = await navigator.clipboard.writeText(file.text).then(
        () => true,
        () => false,
      );
      if (!isCopied) saveText(file);
      notices.show(isCopied ? `Table copied as ${name}` : `The clipboard was refused: saved as ${file.fileName}`);
    } catch (error) {
      notices.showError(error);
    }
  };
  /** All that is said of the study for the metric. */
  const saveReport = async () => {
    try {
      saveText(exportStudyReport(await api['studies.report']({ id, metric: metric() }), 'markdown'));
    } catch (error) {
      notices.showError(error);
    }
  };
  return { save, copy, saveReport };
}

function saveText({ fileName, text }: { readonly fileName: string; readonly text: string }): void {
  saveFile(new Blob([text], { type: 'text/plain;charset=utf-8' }), fileName);
}
