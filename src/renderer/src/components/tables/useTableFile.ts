import type { Table } from '../../../../analysis/tables/table.ts';
import { tableFileName, writeTable, type TableFormat } from '../../../../analysis/tables/writeTable.ts';
import { useCopy } from '../../composables/useCopy.ts';
import { saveText } from '../charts/saveFile.ts';
import { FORMAT_NAMES } from './formatNames.ts';
import { useTableChoices } from './useTableChoices.ts';

/** Gives a table away at once, as this user last wanted tables: through the clipboard, or as a file. */
export function useTableFile() {
  const choices = useTableChoices();
  const copyText = useCopy();
  const write = (table: Table, format: TableFormat) => writeTable(table, format, choices.value.options);
  return {
    copy: (table: Table, format: TableFormat) =>
      copyText(write(table, format), `Table copied as ${FORMAT_NAMES[format]}`),
    save: (table: Table, format: TableFormat) => saveText(write(table, format), tableFileName(table, format)),
  };
}
