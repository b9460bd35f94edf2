import {
  columnResizingFeature,
  columnSizingFeature,
  columnVisibilityFeature,
  createSortedRowModel,
  rowSortingFeature,
  tableFeatures,
  useTable,
  type ColumnDef,
  type ColumnSizingState,
  type SortingState,
  type Updater,
} from '@tanstack/vue-table';
import { useLocalStorage } from '@vueuse/core';
import { computed, type ComputedRef } from 'vue';
import type { RunRow } from '../../../../contract/run.ts';
import type { ColumnContext } from '../../../../analysis/runTable/columns.ts';
import { compareCells, sortable } from '../../../../analysis/runTable/order.ts';
import { columnsWithoutDifference, RUN_COLUMNS, type RunColumn } from './columns.ts';

/** How this user wants the table; kept by the window. */
interface TableSettings {
  hidden: readonly string[];
  widths: Readonly<Record<string, number>>;
  sorting: SortingState;
}

const LEAST_WIDTH = 44;

const features = tableFeatures({
  rowSortingFeature,
  sortedRowModel: createSortedRowModel(),
  columnVisibilityFeature,
  columnSizingFeature,
  columnResizingFeature,
});

const BY_ID = new Map(RUN_COLUMNS.map((column) => [column.id, column]));

/**
 * The runs under their columns: which are shown, how wide, in what order. `onlyDifferences` leaves out the columns in
 * which all runs agree.
 */
export function useRunsTable(
  runs: ComputedRef<readonly RunRow[]>,
  context: ComputedRef<ColumnContext>,
  onlyDifferences: () => boolean,
) {
  const settings = useLocalStorage<TableSettings>('depthlab.runsTable', {
    hidden: RUN_COLUMNS.filter(({ isShownAtFirst }) => !isShownAtFirst).map(({ id }) => id),
    widths: {},
    sorting: [{ id: 'id', desc: true }],
  });

  const equal = computed(() =>
    onlyDifferences() ? columnsWithoutDifference(RUN_COLUMNS, runs.value, context.value) : new Set<string>(),
  );
  const visibility = computed(() => {
    const hidden = new Set(settings.value.hidden);
    return Object.fromEntries(RUN_COLUMNS.map(({ id }) => [id, !hidden.has(id) && !equal.value.has(id)]));
  });

  const table = useTable({
    features,
    columns: RUN_COLUMNS.map((column) => definition(column, context)),
    data: runs,
    getRowId: (run: RunRow) => String(run.id),
    columnResizeMode: 'onChange',
    state: computed(() => ({
      sorting: settings.value.sorting,
      columnSizing: settings.value.widths,
      columnVisibility: visibility.value,
    })),
    onSortingChange: (change: Updater<SortingState>) => {
      settings.value.sorting = resolve(change, settings.value.sorting);
    },
    onColumnSizingChange: (change: Updater<ColumnSizingState>) => {
      settings.value.widths = resolve(change, settings.value.widths);
    },
  });

  const setHidden = (id: string, isHidden: boolean) => {
    const others = settings.value.hidden.filter((hidden) => hidden !== id);
    settings.value.hidden = isHidden ? [...others, id] : others;
  };
  /** What a view keeps: the columns that the user wants, and the order of the runs. */
  const arrangement = computed(() => {
    const { hidden: unwanted, sorting: order } = settings.value;
    return { columns: RUN_COLUMNS.map(({ id }) => id).filter((id) => !unwanted.includes(id)), sorting: order };
  });
  const arrange = ({ columns, sorting: order }: { columns: readonly string[]; sorting: SortingState }) => {
    settings.value.hidden = RUN_COLUMNS.map(({ id }) => id).filter((id) => !columns.includes(id));
    settings.value.sorting = order.filter(({ id }) => BY_ID.has(id));
  };
  /** In the order of the table, for its exports. */
  const shownColumns = computed(() => table.getVisibleLeafColumns().map(({ id }) => BY_ID.get(id)!));
  const sortedRuns = computed(() => table.getRowModel().rows.map(({ original }) => original));
  const sorting = computed(() => settings.value.sorting);
  const hidden = computed(() => new Set(settings.value.hidden));
  return { table, shownColumns, sortedRuns, sorting, hidden, setHidden, arrangement, arrange };
}

export type RunsTable = ReturnType<typeof useRunsTable>;

function definition(column: RunColumn, context: ComputedRef<ColumnContext>): ColumnDef<typeof features, RunRow> {
  return {
    id: column.id,
    accessorFn: (run) => sortable(column.read(run, context.value)),
    size: column.width,
    minSize: LEAST_WIDTH,
    sortUndefined: 'last',
    sortDescFirst: column.isNumber,
    sortFn: (one, other, id) => compareCells(one.getValue<number | string>(id), other.getValue<number | string>(id)),
  };
}

function resolve<Value>(change: Updater<Value>, before: Value): Value {
  return typeof change === 'function' ? (change as (before: Value) => Value)(before) : change;
}
