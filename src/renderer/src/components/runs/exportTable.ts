import { csv, type CsvCell } from '../../../../analysis/tables/csv.ts';
import { escapeLatex } from '../../../../analysis/tables/escapeLatex.ts';
import { escapeMarkdown } from '../../../../analysis/tables/escapeMarkdown.ts';
import type { RunRow } from '../../../../contract/run.ts';
import { cellText, headOf, type ColumnContext, type RunColumn } from './columns.ts';
import { commonValue, groupCell, groupCellText, type RunGroup } from './groups.ts';

export type CopyFormat = 'csv' | 'markdown' | 'latex';

export const COPY_FORMATS: readonly { readonly format: CopyFormat; readonly label: string }[] = [
  { format: 'csv', label: 'CSV' },
  { format: 'markdown', label: 'Markdown' },
  { format: 'latex', label: 'LaTeX' },
];

/** A table before it has a format: what is read, and what a spreadsheet calculates with. */
export interface PlainTable {
  readonly heads: readonly string[];
  readonly isNumber: readonly boolean[];
  readonly texts: readonly (readonly string[])[];
  readonly rawHeads: readonly string[];
  readonly raw: readonly (readonly CsvCell[])[];
}

/** Runs under the columns that are shown, in their order. */
export function tableOfRuns(
  columns: readonly RunColumn[],
  runs: readonly RunRow[],
  context: ColumnContext,
): PlainTable {
  return {
    heads: columns.map(headOf),
    isNumber: columns.map(({ isNumber }) => isNumber),
    texts: runs.map((run) => columns.map((column) => cellText(column, run, context))),
    rawHeads: columns.map(rawHead),
    raw: runs.map((run) => columns.map((column) => rawCell(column, run, context))),
  };
}

/** Groups as they are shown: mean ± std (n); in CSV each of the three has a column. */
export function tableOfGroups(
  columns: readonly RunColumn[],
  groups: readonly RunGroup[],
  context: ColumnContext,
): PlainTable {
  const isFilled = (column: RunColumn) => groups.some((group) => groupCellText(column, group, context) !== '');
  const shown = columns.filter(({ id }) => id !== 'name').filter(isFilled);
  return {
    heads: ['Group', 'Runs', ...shown.map(headOf)],
    isNumber: [false, true, ...shown.map(({ isNumber }) => isNumber)],
    texts: groups.map((group) => [
      group.name,
      String(group.runs.length),
      ...shown.map((column) => groupCellText(column, group, context)),
    ]),
    rawHeads: ['Group', 'Runs', ...shown.flatMap(groupHeads)],
    raw: groups.map((group) => [
      group.name,
      group.runs.length,
      ...shown.flatMap((column) => groupCells(column, group, context)),
    ]),
  };
}

export function formatTable(table: PlainTable, format: CopyFormat): string {
  if (format === 'csv') return csv([table.rawHeads, ...table.raw]);
  return format === 'markdown' ? markdown(table) : latex(table);
}

function rawHead(column: RunColumn): string {
  return column.id === 'duration' ? 'Duration (s)' : headOf(column);
}

function rawCell(column: RunColumn, run: RunRow, context: ColumnContext): CsvCell {
  if (column.id === 'created') return new Date(run.createdAt).toISOString();
  return column.read(run, context);
}

function groupHeads(column: RunColumn): string[] {
  const head = rawHead(column);
  return column.showSpread === null ? [head] : [`${head} mean`, `${head} std`, `${head} n`];
}

function groupCells(column: RunColumn, group: RunGroup, context: ColumnContext): CsvCell[] {
  if (column.showSpread === null) return [commonValue(column, group, context)];
  const { mean, std, n } = groupCell(column, group, context);
  return [mean, std, n];
}

function markdown({ heads, isNumber, texts }: PlainTable): string {
  const line = (cells: readonly string[]) => `| ${cells.join(' | ')} |\n`;
  return [
    line(heads.map(escapeMarkdown)),
    line(isNumber.map((number) => (number ? '---:' : '---'))),
    ...texts.map((cells) => line(cells.map((cell) => escapeMarkdown(cell)))),
  ].join('');
}

/** A `tabular` with booktabs rules (`\usepackage{booktabs}`). */
function latex({ heads, isNumber, texts }: PlainTable): string {
  const line = (cells: readonly string[]) => `  ${cells.map(latexCell).join(' & ')} \\\\\n`;
  return [
    `\\begin{tabular}{${isNumber.map((number) => (number ? 'r' : 'l')).join('')}}\n`,
    '  \\toprule\n',
    line(heads),
    '  \\midrule\n',
    ...texts.map(line),
    '  \\bottomrule\n',
    '\\end{tabular}\n',
  ].join('');
}

/** Signs that only mathematics prints, after everything else has been made harmless. */
function latexCell(text: string): string {
  return escapeLatex(text).replaceAll('±', '$\\pm$').replaceAll('−', '$-$').replaceAll('∞', '$\\infty$');
}
