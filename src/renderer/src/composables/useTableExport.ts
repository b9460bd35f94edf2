import type { Table } from '../../../analysis/tables/table.ts';
import { tableFileName, writeTable, type TableFormat } from '../../../analysis/tables/writeTable.ts';
import type { Action } from '../actions/actions.ts';
import { saveFile } from '../components/charts/saveFile.ts';
import { useNotices } from '../stores/notices.ts';

/** The ways to give a table away, as a file or through the clipboard: for a menu, the palette and the keyboard. */
export function useTableExport(
  id: string,
  tableFor: (format: TableFormat) => Table | Promise<Table>,
): readonly (readonly Action[])[] {
  const notices = useNotices();
  const write = async (format: TableFormat) => {
    const table = await tableFor(format);
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
  const action = (keys: string, title: string, run: () => void) => ({
    id: `${id} ${keys}`,
    group: 'Table',
    title,
    keys,
    run,
  });
  return [
    [
      action('c m', 'Copy as Markdown', () => void copy('markdown', 'Markdown')),
      action('c l', 'Copy as LaTeX', () => void copy('latex', 'LaTeX')),
      action('c c', 'Copy as CSV', () => void copy('csv', 'CSV')),
    ],
    [
      action('e c', 'Save as CSV', () => void save('csv')),
      action('e m', 'Save as Markdown', () => void save('markdown')),
      action('e l', 'Save as LaTeX', () => void save('latex')),
      action('e j', 'Save as JSON', () => void save('json')),
    ],
  ];
}

function saveText({ fileName, text }: { readonly fileName: string; readonly text: string }): void {
  saveFile(new Blob([text], { type: 'text/plain;charset=utf-8' }), fileName);
}
