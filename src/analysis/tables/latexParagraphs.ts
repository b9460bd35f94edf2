import type { Table, TableCell } from './table.ts';

/** Letters of a text that stand in a line of its own; a column of longer ones is set in paragraphs. */
const CELL_LETTERS = 45;
/** Letters that a line of the page holds. */
const LINE_LETTERS = 75;
/** Of the line's width, for one column of paragraphs, and for several together. */
const ONE_WIDTH = 0.45;
const ALL_WIDTH = 0.54;

/**
 * The width of each column that is set in paragraphs, as a share of the line; null for the others. Several share theirs by
 * the root of their longest texts: a long one has more lines, not only longer ones.
 */
export function paragraphWidths({ columns, rows }: Pick<Table, 'columns' | 'rows'>): (number | null)[] {
  const weights = columns.map(({ kind }, index) => {
    const longest = rows.reduce((most, cells) => Math.max(most, lettersOf(cells[index]!)), 0);
    return kind === 'text' && longest > CELL_LETTERS ? Math.sqrt(longest) : 0;
  });
  const width = weights.filter((weight) => weight > 0).length === 1 ? ONE_WIDTH : ALL_WIDTH;
  const all = weights.reduce((sum, weight) => sum + weight, 0);
  return weights.map((weight) => (weight === 0 ? null : (width * weight) / all));
}

/** How many lines the rows of a table take in print, about. */
export function printedLines({ rows }: Pick<Table, 'rows'>, widths: readonly (number | null)[]): number {
  const linesOf = (cells: readonly TableCell[]) =>
    cells.map((cell, index) => Math.ceil(lettersOf(cell) / (LINE_LETTERS * (widths[index] ?? 1))));
  return rows.reduce((sum, cells) => sum + Math.max(1, ...linesOf(cells)), 0);
}

/** Escaped text that may also break after the signs that join the words of a name, as in `owner/some_name`. */
export function breakable(latex: string): string {
  return latex.replaceAll(/\/|\\_/g, '$&\\allowbreak{}');
}

function lettersOf(cell: TableCell): number {
  return cell.kind === 'text' ? cell.text.length : 0;
}
