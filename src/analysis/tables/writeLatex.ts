import { fixed } from '../format.ts';
import { escapeLatex, latexDefinitions } from './escapeLatex.ts';
import { notesOf } from './figures.ts';
import { latexColumn, type LatexColumn } from './latexFigures.ts';
import { latexHeads } from './latexHeads.ts';
import { breakable, paragraphWidths, printedLines } from './latexParagraphs.ts';
import type { TableOptions } from './options.ts';
import type { Table } from './table.ts';

/** Lines of rows that a page holds; a longer table breaks over pages. */
export const PAGE_ROWS = 40;

/** Figures in the font of the text, so that `\\bfseries` reaches all of their digits. */
const SIUNITX_SETUP = '\\sisetup{uncertainty-mode=separate, mode=text, reset-text-series=false}';

/**
 * Tables with booktabs' rules, for pdfLaTeX, LuaLaTeX and XeLaTeX; the first line says which packages they need. A table
 * without rows is a paragraph of its caption and notes. siunitx is meant in version 3 (2021) or newer. `setUp` stands at
 * the start of each table.
 */
export function writeLatex(tables: readonly Table[], options: TableOptions, setUp: readonly string[] = []): string {
  const written = tables.map((table) =>
    table.rows.length === 0 && table.notes.length > 0 ? paragraphOf(table) : tableOf(table, options, setUp),
  );
  const packages = [...new Set(written.flatMap((part) => part.packages))].toSorted();
  const bodies = written.map(({ lines }) => lines.join('\n'));
  const definitions = latexDefinitions(bodies.join('\n'));
  const head = [...(packages.length === 0 ? [] : [`% \\usepackage{${packages.join(', ')}}`]), ...definitions];
  return `${[...head, bodies.join('\n\n')].join('\n')}\n`;
}

interface Written {
  readonly packages: readonly string[];
  readonly lines: readonly string[];
}

function paragraphOf({ caption, notes }: Table): Written {
  return { packages: [], lines: [`\\paragraph{${escapeLatex(caption)}.} ${notes.map(escapeLatex).join(' ')}`] };
}

function tableOf(table: Table, options: TableOptions, setUp: readonly string[]): Written {
  const { columns, rows } = table;
  const widths = paragraphWidths(table);
  const written = columns.map((column, index) => {
    const cells = rows.map((row) => row[index]!);
    const own = latexColumn(column, cells, options);
    const width = widths[index] ?? null;
    return width === null ? own : paragraphs(own, width);
  });
  const isLong = printedLines(table, widths) > PAGE_ROWS;
  const lines = (isLong ? longTable : floatingTable)({
    title: [`\\caption{${escapeLatex(table.caption)}}`, `\\label{tab:${table.name}}`],
    setUp: [...setUp, ...(options.siunitx ? [SIUNITX_SETUP] : [])],
    specification: `{${written.map(({ specification }) => specification).join('')}}`,
    heads: latexHeads(columns),
    body: rows.map((cells) => `${cells.map((cell, index) => written[index]!.cell(cell)).join(' & ')} \\\\`),
    notes: notesOf(table, options).map(escapeLatex),
  });
  const packages = [
    'booktabs',
    ...(widths.some((width) => width !== null) ? ['array'] : []),
    ...(isLong ? ['longtable'] : []),
    ...(options.siunitx ? ['siunitx'] : []),
  ];
  return { packages, lines };
}

/** The column in paragraphs of this share of the line, flush left: few words that are spread over a line make holes. */
function paragraphs({ cell }: LatexColumn, width: number): LatexColumn {
  const specification = `>{\\raggedright\\arraybackslash}p{${fixed(width, 2)}\\linewidth}`;
  return { specification, cell: (one) => breakable(cell(one)) };
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
