import type { SeriesId } from '../../../contract/series.ts';
import type { StudyReport } from '../../../contract/studyReport.ts';
import type { Table } from '../../tables/table.ts';
import { numberColumn, placeColumns, reportTable, textColumn, type ReportColumn } from './columns.ts';

interface Row {
  readonly series: SeriesId;
  readonly depth: number;
  readonly seed: number;
  readonly runId: number;
  readonly outcome: 'failed' | 'stopped';
  readonly reason: string;
}

/** The runs without a result, with their reasons. */
export function failureTable({ table }: StudyReport, name: string): Table {
  const rows = table.cells.flatMap(({ series, depth, failed, stopped }) => [
    ...failed.map((run): Row => ({ series, depth, ...run, outcome: 'failed' })),
    ...stopped.map((run): Row => ({ series, depth, ...run, outcome: 'stopped' })),
  ]);
  const columns: ReportColumn<Row>[] = [
    ...placeColumns<Row>(table),
    numberColumn({ id: 'seed', head: 'Seed' }, null, ({ seed }) => seed),
    numberColumn({ id: 'run', head: 'Run' }, null, ({ runId }) => runId),
    textColumn('outcome', 'Outcome', ({ outcome }) => outcome),
    textColumn('reason', 'Reason', ({ reason }) => reason),
  ];
  const notes = rows.length === 0 ? ['Every run that has ended has a result.'] : [];
  return reportTable(
    { name: `${name}-failures`, caption: `${table.name}: runs without a result`, notes },
    columns,
    rows,
  );
}
