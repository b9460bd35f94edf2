import type { Table } from '../../../../analysis/tables/table.ts';
import type { TableFormat } from '../../../../analysis/tables/writeTable.ts';
import type { Action } from '../../actions/actions.ts';
import { useNotices } from '../../stores/notices.ts';
import { FORMAT_NAMES } from './formatNames.ts';
import { useTableFile } from './useTableFile.ts';

/**
 * The ways to give a view's table away, for the palette and the keyboard: by its dialog, and at once, as a file or through
 * the clipboard.
 */
export function useTableCommands(
  id: string,
  tableFor: (format: TableFormat) => Table | Promise<Table>,
  openDialog: () => void,
): readonly Action[] {
  const file = useTableFile();
  const notices = useNotices();
  const action = (keys: string, title: string, run: () => void): Action => ({
    id: `${id} ${keys}`,
    group: 'Table',
    title,
    keys,
    run,
  });
  const give = (format: TableFormat, take: (table: Table) => unknown) =>
    void Promise.resolve(tableFor(format)).then(take).catch(notices.showError);
  const copy = (keys: string, format: TableFormat) =>
    action(keys, `Copy as ${FORMAT_NAMES[format]}`, () => give(format, (table) => file.copy(table, format)));
  const save = (keys: string, format: TableFormat) =>
    action(keys, `Save as ${FORMAT_NAMES[format]}`, () => give(format, (table) => file.save(table, format)));
  return [
    action('e e', 'Export table …', openDialog),
    copy('c m', 'markdown'),
    copy('c l', 'latex'),
    copy('c c', 'csv'),
    save('e c', 'csv'),
    save('e m', 'markdown'),
    save('e l', 'latex'),
    save('e j', 'json'),
  ];
}
