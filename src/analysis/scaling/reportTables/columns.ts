import type { SeriesId } from '../../../contract/series.ts';
import type { StudyTable } from '../../../contract/study.ts';
import { labelOf } from '../../studySeries.ts';
import { EMPTY, tableColumn, type Table, type TableCell, type TableColumn } from '../../tables/table.ts';

/** A column of a report's table, and its cell for what a row is of. */
export interface ReportColumn<Row> {
  readonly column: TableColumn;
  cell(row: Row): TableCell;
}

export function reportTable<Row>(
  about: Pick<Table, 'name' | 'caption' | 'notes'>,
  columns: readonly ReportColumn<Row>[],
  rows: readonly Row[],
): Table {
  return {
    ...about,
    columns: columns.map(({ column }) => column),
    rows: rows.map((row) => columns.map(({ cell }) => cell(row))),
  };
}

type Head = Parameters<typeof tableColumn>[0];

export function textColumn<Row>(id: string, head: string, read: (row: Row) => string): ReportColumn<Row> {
  return { column: tableColumn({ id, head, kind: 'text' }), cell: (row) => ({ kind: 'text', text: read(row) }) };
}

/** Numbers with so many `decimals`, or null for counts and settings, which are shown as they are. */
export function numberColumn<Row>(
  head: Omit<Head, 'kind'>,
  decimals: number | null,
  read: (row: Row) => number | null | undefined,
): ReportColumn<Row> {
  return {
    column: tableColumn({ ...head, kind: 'number' }),
    cell: (row) => {
      const value = read(row) ?? null;
      return value === null ? EMPTY : { kind: 'number', value, decimals };
    },
  };
}

/** Both ends of an interval under one head. */
export function intervalColumns<Row>(
  { id, head, unit = '' }: { readonly id: string; readonly head: string; readonly unit?: string },
  decimals: number,
  read: (row: Row) => { readonly low: number; readonly high: number } | null | undefined,
): ReportColumn<Row>[] {
  return (['low', 'high'] as const).map((end) =>
    numberColumn({ id: `${id} ${end}`, head: end, group: head, unit }, decimals, (row) => read(row)?.[end]),
  );
}

interface OfSeries {
  readonly series: SeriesId;
  readonly depth: number;
}

/** What names a row of most tables: its series and its depth. */
export function placeColumns<Row extends OfSeries>({ series: heads }: StudyTable): ReportColumn<Row>[] {
  return [
    textColumn('series', 'Series', ({ series }) => labelOf(heads, series)),
    numberColumn({ id: 'depth', head: 'Depth' }, null, ({ depth }) => depth),
  ];
}
