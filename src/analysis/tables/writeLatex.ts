import { escapeLatex, latexDefinitions } from './escapeLatex.ts';
import { notesOf } from './figures.ts';
import { latexColumn } from './latexFigures.ts';
import { latexHeads } from './latexHeads.ts';
import type { TableOptions } from './options.ts';
import type { Table } from './table.ts';

/** Rows that a page holds; a longer table breaks over pages. */
export const PAGE_ROWS = 40;

/** Figures in the font of the text, so that `\\bfseries` reaches all of their digits. */
const SIUNITX_SETUP = '\\sisetup{uncertainty-mode=separate, mode=text, reset-text-series=false}';

/**
 * A table with booktabs' rules, for pdfLaTeX, LuaLaTeX and XeLaTeX; the first lines say which packages it needs.
 * siunitx is meant in version 3 (2021) or newer.
 */
export function writeLatex(table: Table, options: TableOptions): string {
  const { columns, rows } = table;
  const written = columns.map((column, index) => {
    const cells = rows.map((row) => row[index]!);
    return latexColumn(column, cells, options);
  });
  const isLong = rows.length > PAGE_ROWS;
  const lines = (isLong ? longTable : floatingTable)({
    title: [`\\caption{${escapeLatex(table.caption)}}`, `\\label{tab:${table.name}}`],
    setUp: options.siunitx ? [SIUNITX_SETUP] : [],
    specification: `{${written.map(({ specification }) => specification).join('')}}`,
    heads: latexHeads(columns),
    body: rows.map((cells) => `${cells.map((cell, index) => written[index]!.cell(cell)).join(' & ')} \\\\`),
    notes: notesOf(table, options).map(escapeLatex),
  });
  const packages = ['booktabs', ...(isLong ? ['longtable'] : []), ...(options.siunitx ? ['siunitx'] : [])];
  return `${[`% \\usepackage{${packages.join(', ')}}`, ...latexDefinitions(lines.join('\n')), ...lines].join('\n')}\n`;
}

interface TableParts {
  readonly title: readonly string[];
  readonly setUp: readonly string[];
  readonly specification: string;
  readonly heads: readonly string[];
  readonly body: readonly string[];
  readonly notes: readonly string[];
}

function floatingTable({ title, setUp, specification, heads, body, notes }: TableParts): string[] {
  return [
    '\\begin{table}',
    ...indented(['\\centering', ...setUp, ...title, `\\begin{tabular}${specification}`]),
    ...indented(indented(['\\toprule', ...heads, '\\midrule', ...body, '\\bottomrule'])),
    ...indented(['\\end{tabular}', ...noteLines(notes)]),
    '\\end{table}',
  ];
}

function longTable({ title, setUp, specification, heads, body, notes }: TableParts): string[] {
  const head = ['\\toprule', ...heads, '\\midrule'];
  return [
    '\\begingroup',
    ...setUp,
    `\\begin{longtable}${specification}`,
    ...indented([...title.slice(0, -1), `${title.at(-1)!} \\\\`, ...head, '\\endfirsthead']),
    ...indented([...head, '\\endhead', '\\bottomrule', '\\endfoot', ...body]),
    '\\end{longtable}',
    ...noteLines(notes),
    '\\endgroup',
  ];
}

function noteLines(notes: readonly string[]): string[] {
  if (notes.length === 0) return [];
  return [
    '\\par\\smallskip',
    '\\noindent\\begin{minipage}{\\linewidth}',
    ...indented(['\\footnotesize', ...notes.map((note, index) => (index === 0 ? note : `\\par ${note}`))]),
    '\\end{minipage}',
  ];
}

function indented(lines: readonly string[]): string[] {
  return lines.map((line) => `  ${line}`);
}
