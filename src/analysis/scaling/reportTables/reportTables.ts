import type { StudyReport } from '../../../contract/studyReport.ts';
import { selectColumns } from '../../tables/arrange.ts';
import { longForm } from '../../tables/longForm.ts';
import type { Table } from '../../tables/table.ts';
import { tableOfStudy } from '../../tables/tableOfStudy.ts';
import { isForPrograms, type TableFormat } from '../../tables/writeTable.ts';
import { differenceTables } from './differences.ts';
import { failureTable } from './failures.ts';
import { fitTable } from './fits.ts';
import { publishedTable } from './published.ts';
import { resourceTable } from './resources.ts';

/**
 * All of a report that is a table: means by depth, paired differences, fits, published figures, time and memory, runs
 * without a result. For readers as papers print them, for programs with every figure and a row for each mean.
 */
export function reportTables(report: StudyReport, format: TableFormat): Table[] {
  const hasFigures = isForPrograms(format);
  const name = `study-${report.studyId}-${report.metric}`;
  const means = tableOfStudy(report.table);
  return [
    hasFigures ? { ...(longForm(means) ?? means), name: `${name}-means` } : withoutDifferences(means, report),
    ...differenceTables(report, name, hasFigures),
    fitTable(report, name, hasFigures),
    publishedTable(report, name, hasFigures),
    resourceTable(report, name),
    failureTable(report, name),
  ];
}

/** The differences have a table of their own, and a page no room for both. */
function withoutDifferences(means: Table, { table }: StudyReport): Table {
  return selectColumns(means, ['depth', ...table.series.map(({ id }) => id)]);
}
