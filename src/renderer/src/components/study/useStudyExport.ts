import type { TableMetric } from '../../../../contract/study.ts';
import { tableOfStudy } from '../../../../analysis/tables/tableOfStudy.ts';
import { tableFileName, writeTable, type TableFormat } from '../../../../analysis/tables/writeTable.ts';
import { useApi } from '../../api.ts';
import { useNotices } from '../../stores/notices.ts';
import { saveFile } from '../charts/saveFile.ts';

/** Gives a study's table away: as a file, or through the clipboard. */
export function useStudyExport(id: number, metric: () => TableMetric) {
  const api = useApi();
  const notices = useNotices();
  const write = async (format: TableFormat) => {
    const table = tableOfStudy(await api['studies.table']({ id, metric: metric() }));
    return { fileName: tableFileName(table, format), text: writeTable(table, format) };
  };

  const save = async (format: TableFormat) => {
    try {
      saveText(await write(format));
    } catch (error) {
      notices.showError(error);
    }
  };
  /** Where the clipboard is refused, the text is saved instead: the user has asked for it. */
  const copy = async (format: TableFormat, name: string) => {
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
  return { save, copy };
}

function saveText({ fileName, text }: { readonly fileName: string; readonly text: string }): void {
  saveFile(new Blob([text], { type: 'text/plain;charset=utf-8' }), fileName);
}
