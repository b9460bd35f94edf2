import type { TableFormat } from '../../../../analysis/tables/writeTable.ts';

export const FORMAT_NAMES: Readonly<Record<TableFormat, string>> = {
  csv: 'CSV',
  json: 'JSON',
  markdown: 'Markdown',
  latex: 'LaTeX',
};
