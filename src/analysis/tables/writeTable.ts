import { TABLE_OPTIONS, type TableOptions } from './options.ts';
import type { Table } from './table.ts';
import { writeCsv } from './writeCsv.ts';
import { writeJson } from './writeJson.ts';
import { writeLatex } from './writeLatex.ts';
import { writeMarkdown } from './writeMarkdown.ts';

export const TABLE_FORMATS = ['csv', 'json', 'markdown', 'latex'] as const;
export type TableFormat = (typeof TABLE_FORMATS)[number];

interface Writer {
  readonly extension: string;
  write(table: Table, options: TableOptions): string;
}

const WRITERS: Readonly<Record<TableFormat, Writer>> = {
  csv: { extension: 'csv', write: writeCsv },
  json: { extension: 'json', write: writeJson },
  markdown: { extension: 'md', write: writeMarkdown },
  latex: { extension: 'tex', write: (table, options) => writeLatex([table], options) },
};

/** Whether a format holds every figure, for programs; the others are for reading. */
export function isForPrograms(format: TableFormat): boolean {
  return format === 'csv' || format === 'json';
}

/** A table as text of a format. CSV and JSON hold its values as they are, whatever the options. */
export function writeTable(table: Table, format: TableFormat, options: TableOptions = TABLE_OPTIONS): string {
  return WRITERS[format].write(table, options);
}

export function tableFileName({ name }: Table, format: TableFormat): string {
  return `${name}.${WRITERS[format].extension}`;
}
