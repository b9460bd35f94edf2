import type { PairedDifference } from '../../../contract/study.ts';
import type { DifferenceStatistics, StudyReport } from '../../../contract/studyReport.ts';
import { METRICS, toDisplay } from '../../metrics.ts';
import { labelOf } from '../../studySeries.ts';
import type { Table } from '../../tables/table.ts';
import { pText } from '../differenceStatistics.ts';
import { BOOTSTRAP_NOTE } from '../notes.ts';
import { intervalColumns, numberColumn, reportTable, textColumn, type ReportColumn } from './columns.ts';

interface Row extends Pick<DifferenceStatistics, 'bootstrap' | 'test' | 'adjustedP'> {
  readonly difference: PairedDifference;
}

/**
 * The paired differences of a report: for programs one table with every figure, for readers their tests and their bootstrap
 * intervals in two, which fit a page.
 */
export function differenceTables(report: StudyReport, name: string, hasFigures: boolean): Table[] {
  const { table, differences, testsSentence } = report;
  const unit = METRICS[report.metric].differenceUnit.trim();
  const inUnit = hasFigures || unit === '' ? '' : `, in ${unit}`;
  const rows = table.differences.map((difference, index): Row => ({ difference, ...differences[index]! }));
  const { place, mean, student, test, bootstrap } = columnsOf(report, hasFigures ? unit : '', hasFigures);
  const tests = {
    name: `${name}-differences`,
    caption: `${table.name}: paired differences at each depth${inUnit}`,
    notes: [`Student t intervals of 95 %, tests with pairs less one degrees of freedom. ${testsSentence}.`],
  };
  if (hasFigures) return [reportTable(tests, [...place, ...mean, ...student, ...bootstrap, ...test], rows)];
  const resampled = {
    name: `${name}-bootstrap`,
    caption: `${table.name}: bootstrap intervals of the paired differences${inUnit}`,
    notes: [BOOTSTRAP_NOTE],
  };
  return [
    reportTable(tests, [...place, ...mean, ...student, ...test], rows),
    reportTable(resampled, [...place, ...mean, ...bootstrap], rows),
  ];
}

/** For readers the unit stands in the caption, once. */
function columnsOf({ metric, table }: StudyReport, unit: string, hasFigures: boolean) {
  const { decimals } = METRICS[metric];
  const shown = (range: { low: number; high: number } | null | undefined) =>
    range && { low: toDisplay(metric, range.low), high: toDisplay(metric, range.high) };
  const interval = (id: string, head: string, read: (row: Row) => PairedDifference['interval'] | undefined) =>
    intervalColumns<Row>({ id, head, unit }, decimals, (row) => shown(read(row)));
  const name = ({ difference: { series, against } }: Row) =>
    `${labelOf(table.series, series)} − ${labelOf(table.series, against)}`;
  const group = 'Paired t test';
  return {
    place: [
      textColumn<Row>('difference', 'Difference', name),
      numberColumn<Row>({ id: 'depth', head: 'Depth' }, null, ({ difference }) => difference.depth),
      numberColumn<Row>({ id: 'pairs', head: 'Pairs' }, null, ({ difference }) => difference.n),
    ],
    mean: [
      numberColumn<Row>({ id: 'mean', head: 'Mean', unit }, decimals, ({ difference: { mean } }) =>
        mean === null ? null : toDisplay(metric, mean),
      ),
    ],
    student: interval('student', 'Student t', ({ difference }) => difference.interval),
    bootstrap: [
      ...interval('percentile', 'Percentile', ({ bootstrap }) => bootstrap?.percentile),
      ...interval('bca', 'BCa', ({ bootstrap }) => bootstrap?.bca),
    ],
    test: [
      numberColumn<Row>({ id: 't', head: 't', group }, 2, ({ test }) => test?.t),
      ...(hasFigures
        ? [numberColumn<Row>({ id: 'degrees', head: 'df', group }, null, ({ test }) => test?.degrees)]
        : []),
      pColumn({ id: 'p', head: 'p', group }, hasFigures, ({ test }) => test?.p),
      pColumn({ id: 'adjustedP', head: 'p, Holm', group }, hasFigures, ({ adjustedP }) => adjustedP),
    ],
  };
}

/** For readers a small p is a bound. */
function pColumn(
  head: { readonly id: string; readonly head: string; readonly group: string },
  hasFigures: boolean,
  read: (row: Row) => number | null | undefined,
): ReportColumn<Row> {
  const { column, cell } = numberColumn<Row>(head, 3, read);
  return {
    column,
    cell: (row) => {
      const p = read(row);
      return hasFigures || p == null || p >= 0.001 ? cell(row) : { kind: 'text', text: pText(p) };
    },
  };
}
