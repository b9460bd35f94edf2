import { computed, shallowRef } from 'vue';
import { arrange, layoutsOf, selectColumns, type Layout } from '../../../../analysis/tables/arrange.ts';
import { fullHeadOf, type Table } from '../../../../analysis/tables/table.ts';
import { tableFileName, writeTable, type TableFormat } from '../../../../analysis/tables/writeTable.ts';
import { movedId, orderedIds } from './columnOrder.ts';
import { useTableChoices } from './useTableChoices.ts';

/** One of the tables that a view has to give: its selected rows, or all of them. */
export interface TableSource {
  readonly id: string;
  readonly label: string;
  /** Those that it may be arranged in; by default all that it can have. */
  readonly layouts?: readonly Layout[];
  /** Some views give programs other columns than readers. */
  table(format: TableFormat): Table;
}

/** A table on its way out: which rows, in what layout, under which columns, as what text. */
export function useTableExport(sources: () => readonly TableSource[]) {
  const choices = useTableChoices();
  const sourceId = shallowRef(sources()[0]?.id ?? '');
  const order = shallowRef<readonly string[]>([]);
  const hidden = shallowRef<ReadonlySet<string>>(new Set());

  const source = computed(() => sources().find(({ id }) => id === sourceId.value) ?? sources()[0]!);
  const table = computed(() => source.value.table(choices.value.format));
  const layouts = computed(() => source.value.layouts ?? layoutsOf(table.value));
  const layout = computed<Layout>({
    get: () => (layouts.value.includes(choices.value.layout) ? choices.value.layout : 'rows'),
    set: (chosen) => (choices.value.layout = chosen),
  });
  const arranged = computed(() => arrange(table.value, layout.value) ?? table.value);
  const ids = computed(() =>
    orderedIds(
      arranged.value.columns.map(({ id }) => id),
      order.value,
    ),
  );
  const columns = computed(() =>
    selectColumns(arranged.value, ids.value).columns.map((column) => ({
      id: column.id,
      head: fullHeadOf(column) || 'Names of the rows',
      isShown: !hidden.value.has(column.id),
    })),
  );
  const shown = computed(() =>
    selectColumns(
      arranged.value,
      ids.value.filter((id) => !hidden.value.has(id)),
    ),
  );
  const hasMeans = computed(() => shown.value.columns.some(({ kind }) => kind === 'summary'));
  const text = computed(() => writeTable(shown.value, choices.value.format, choices.value.options));
  const fileName = computed(() => tableFileName(table.value, choices.value.format));

  const setShown = (id: string, isShown: boolean) => {
    hidden.value = new Set(isShown ? [...hidden.value].filter((other) => other !== id) : [...hidden.value, id]);
  };
  const move = (id: string, by: -1 | 1) => (order.value = movedId(ids.value, id, by));

  return { choices, sourceId, layouts, layout, columns, shown, hasMeans, text, fileName, setShown, move };
}
