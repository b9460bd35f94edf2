import type { StudyTable } from '../../contract/study.ts';
import { decimalsFor, fixed } from '../format.ts';
import { METRICS, toDisplay } from '../metrics.ts';
import { countText, pairedRows } from './pairedRows.ts';

const ESCAPES: Readonly<Record<string, string>> = {
  '\\': '\\textbackslash{}',
  '{': '\\{',
  '}': '\\}',
  $: '\\$',
  '&': '\\&',
  '#': '\\#',
  '%': '\\%',
  _: '\\_',
  '^': '\\textasciicircum{}',
  '~': '\\textasciitilde{}',
  '<': '\\textless{}',
  '>': '\\textgreater{}',
  '|': '\\textbar{}',
  '"': '\\textquotedbl{}',
};

/** Text that a user wrote, as LaTeX prints it; nothing in it is a command, a comment or a line end. */
export function escapeLatex(text: string): string {
  return text.replace(/[\p{Cc}\p{Zl}\p{Zp}]+/gu, ' ').replace(/[\\{}$&#%_^~<>|"]/g, (sign) => ESCAPES[sign]!);
}

/** A `table` with booktabs rules (`\usepackage{booktabs}`); the best mean of each depth is bold. */
export function latexTable(table: StudyTable): string {
  const { series, comparisons, rows } = pairedRows(table);
  const { label, decimals } = METRICS[table.metric];
  const heads = [
    'Depth',
    ...series.map(({ label: name }) => escapeLatex(name)),
    ...comparisons.map((one) => `${escapeLatex(one.series.label)} $-$ ${escapeLatex(one.against.label)}`),
  ];
  const value = (mean: number | null, std: number | null, count: string, bold: boolean): string => {
    if (mean === null) return `-- ${count}`;
    const spread = std === null ? null : toDisplay(table.metric, std);
    const digits = spread === null ? decimals : decimalsFor(spread);
    const centre = fixed(toDisplay(table.metric, mean), digits);
    const shown = bold ? `\\mathbf{${centre}}` : centre;
    return `$${shown}${spread === null ? '' : ` \\pm ${fixed(spread, digits)}`}$ ${count}`;
  };
  const body = rows.map(({ depth, cells, differences, best }) => [
    String(depth),
    ...cells.map((cell) =>
      cell === null
        ? '--'
        : value(cell.mean, cell.std, countText(cell.n, cell.failed.length), best.includes(cell.series)),
    ),
    ...differences.map((difference) =>
      difference === null ? '--' : value(difference.mean, difference.std, countText(difference.n, 0), false),
    ),
  ]);
  const lines = [
    '\\begin{table}',
    '  \\centering',
    `  \\caption{${escapeLatex(table.name)}: ${escapeLatex(label)}, mean $\\pm$ sample standard deviation (number of seeds).}`,
    `  \\begin{tabular}{r${'l'.repeat(heads.length - 1)}}`,
    '    \\toprule',
    `    ${heads.join(' & ')} \\\\`,
    '    \\midrule',
    ...body.map((cells) => `    ${cells.join(' & ')} \\\\`),
    '    \\bottomrule',
    '  \\end{tabular}',
    '\\end{table}',
  ];
  return `${lines.join('\n')}\n`;
}
