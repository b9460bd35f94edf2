import type { StudyReport } from '../../contract/studyReport.ts';
import { TABLE_OPTIONS } from '../tables/options.ts';
import { writeLatex } from '../tables/writeLatex.ts';
import { tableFileName, writeTable, type TableFormat } from '../tables/writeTable.ts';
import { reportMarkdown } from './reportMarkdown.ts';
import { reportTables } from './reportTables/reportTables.ts';

export interface ReportFile {
  readonly fileName: string;
  readonly text: string;
}

/** Tables of a report are wider than most: small and close they fit the lines of LaTeX's `article`. */
const SMALL = ['\\footnotesize', '\\setlength{\\tabcolsep}{3pt}'];

/** A study's report as one file: Markdown and JSON have all of it, LaTeX every table and what stands below it. */
export function exportStudyReport(report: StudyReport, format: Exclude<TableFormat, 'csv'>): ReportFile {
  const stem = `study-${report.studyId}-${report.metric}-report`;
  switch (format) {
    case 'markdown':
      return { fileName: `${stem}.md`, text: reportMarkdown(report) };
    case 'json':
      return { fileName: `${stem}.json`, text: `${JSON.stringify(report, null, 2)}\n` };
    case 'latex':
      return { fileName: `${stem}.tex`, text: writeLatex(reportTables(report, format), TABLE_OPTIONS, SMALL) };
  }
}

/** The tables of a report in CSV, a file each: columns of one type, as programs read them. */
export function exportReportTables(report: StudyReport): ReportFile[] {
  return reportTables(report, 'csv').map((table) => ({
    fileName: tableFileName(table, 'csv'),
    text: writeTable(table, 'csv'),
  }));
}
