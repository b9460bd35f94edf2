import type { ExportFormat, StudyTable } from '../../contract/study.ts';
import { csvTable } from './csv.ts';
import { latexTable } from './latex.ts';
import { markdownTable } from './markdown.ts';

interface Exporter {
  readonly extension: string;
  write(table: StudyTable): string;
}

const EXPORTERS: Readonly<Record<ExportFormat, Exporter>> = {
  csv: { extension: 'csv', write: csvTable },
  markdown: { extension: 'md', write: markdownTable },
  latex: { extension: 'tex', write: latexTable },
  /** The table as computed, values as stored: accuracies are fractions. */
  json: { extension: 'json', write: (table) => `${JSON.stringify(table, null, 2)}\n` },
};

/** Writes a study's table in one of the formats. The file name holds nothing that a user wrote. */
export function exportStudyTable(table: StudyTable, format: ExportFormat): { fileName: string; text: string } {
  const { extension, write } = EXPORTERS[format];
  return { fileName: `study-${table.studyId}-${table.metric}.${extension}`, text: write(table) };
}
