import type { StudyReport } from '../../contract/studyReport.ts';
import { tableOfStudy } from '../tables/tableOfStudy.ts';
import { tableFileName, writeTable, type TableFormat } from '../tables/writeTable.ts';
import { reportMarkdown } from './reportMarkdown.ts';

/** A study's report as a file: Markdown and JSON have all of it, LaTeX and CSV the paired table. */
export function exportStudyReport(report: StudyReport, format: TableFormat): { fileName: string; text: string } {
  const { studyId, metric, table } = report;
  if (format === 'markdown') return { fileName: `study-${studyId}-${metric}-report.md`, text: reportMarkdown(report) };
  if (format === 'json')
    return { fileName: `study-${studyId}-${metric}-report.json`, text: `${JSON.stringify(report, null, 2)}\n` };
  const paired = tableOfStudy(table);
  return { fileName: tableFileName(paired, format), text: writeTable(paired, format) };
}
