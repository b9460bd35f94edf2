import type { ExportFormat } from '../../contract/study.ts';
import type { StudyReport } from '../../contract/studyReport.ts';
import { exportStudyTable } from '../tables/index.ts';
import { reportMarkdown } from './reportMarkdown.ts';

/** A study's report as a file: Markdown and JSON have all of it, LaTeX and CSV the paired table. */
export function exportStudyReport(report: StudyReport, format: ExportFormat): { fileName: string; text: string } {
  const { studyId, metric, table } = report;
  if (format === 'markdown') return { fileName: `study-${studyId}-${metric}-report.md`, text: reportMarkdown(report) };
  if (format === 'json')
    return { fileName: `study-${studyId}-${metric}-report.json`, text: `${JSON.stringify(report, null, 2)}\n` };
  return exportStudyTable(table, format);
}
