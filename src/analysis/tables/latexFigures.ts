import { escapeLatex } from './escapeLatex.ts';
import { countText, numberFigures, summaryFigures, type Figures } from './figures.ts';
import type { TableOptions } from './options.ts';
import type { TableCell, TableColumn } from './table.ts';

/** Digits that siunitx aligns at the point. */
const PLAIN_NUMBER = /^(-?)(\d+)(?:\.(\d+))?$/;

/** A column's specification in `tabular`, and how its cells are written for it. */
export interface LatexColumn {
  readonly specification: string;
  cell(cell: TableCell): string;
}

/** With siunitx a column of plain figures is aligned at the point by its `S`; anything else is set by itself. */
export function latexColumn({ kind }: TableColumn, cells: readonly TableCell[], options: TableOptions): LatexColumn {
  const format = kind === 'text' || !options.siunitx ? null : siunitxFormat(cells, options);
  if (format !== null) return { specification: `S[${format}]`, cell: (cell) => alignedCell(cell, options) };
  const number = options.siunitx ? siunitxNumber : formula;
  return { specification: kind === 'text' ? 'l' : 'r', cell: (cell) => ownCell(cell, options, number) };
}

function figuresOf(cell: TableCell, options: TableOptions): Figures | null {
  if (cell.kind === 'number') return numberFigures(cell, options);
  return cell.kind === 'summary' ? summaryFigures(cell, options) : null;
}

/** The room that the widest figures need; null where there are none, or some have a power of ten. */
function siunitxFormat(cells: readonly TableCell[], options: TableOptions): string | null {
  const figures = cells.map((cell) => figuresOf(cell, options)).filter((each) => each !== null);
  const finite = figures.filter(({ centre }) => Number.isFinite(Number(centre)));
  const parts = finite.map(({ centre }) => PLAIN_NUMBER.exec(centre));
  if (finite.length === 0 || parts.some((part) => part === null)) return null;
  const digits = (group: number) => Math.max(...parts.map((part) => part?.[group]?.length ?? 0));
  const spread = Math.max(...finite.map((each) => (each.spread === null ? 0 : spreadDigits(each.spread, digits(3)))));
  const counts = cells.map((cell) => (cell.kind === 'summary' ? countText(cell.n, cell.failed) : ''));
  const longest = counts.reduce((one, other) => (other.length > one.length ? other : one), '');
  return [
    `table-format=${digits(1) > 0 ? '-' : ''}${digits(2)}.${digits(3)}${spread > 0 ? `(${spread})` : ''}`,
    ...(longest === '' ? [] : [`table-space-text-post={~${longest}}`]),
  ].join(', ');
}

/** Digits of an uncertainty in siunitx's short form, `0.18` as `(18)`; one of 1 or more has all decimals of its column. */
function spreadDigits(spread: string, decimals: number): number {
  const [whole = '', part = ''] = spread.split('.');
  return Number(whole) > 0 ? whole.length + decimals : part.replace(/^0+/, '').length;
}

function alignedCell(cell: TableCell, options: TableOptions): string {
  const figures = figuresOf(cell, options);
  if (figures === null || !Number.isFinite(Number(figures.centre))) return `{${ownCell(cell, options, formula)}}`;
  const { centre, spread, isBold } = figures;
  const count = cell.kind === 'summary' ? ` {~${isBold ? '\\mdseries ' : ''}${countText(cell.n, cell.failed)}}` : '';
  return `${isBold ? '\\bfseries ' : ''}${centre}${spread === null ? '' : ` +- ${spread}`}${count}`;
}

function ownCell(cell: TableCell, options: TableOptions, number: (figures: Figures) => string): string {
  if (cell.kind === 'text') return escapeLatex(cell.text);
  if (cell.kind === 'empty') return cell.reason === '' ? '--' : escapeLatex(cell.reason);
  const figures = figuresOf(cell, options);
  const text = figures === null ? '--' : number(figures);
  return cell.kind === 'summary' ? `${text} ${countText(cell.n, cell.failed)}` : text;
}

function siunitxNumber(figures: Figures): string {
  const { centre, spread, isBold } = figures;
  if (!Number.isFinite(Number(centre))) return formula(figures);
  const text = spread?.includes('e')
    ? `\\num{${centre}} $\\pm$ \\num{${spread}}`
    : `\\num{${centre}${spread === null ? '' : ` +- ${spread}`}}`;
  return isBold ? `{\\bfseries ${text}}` : text;
}

function formula({ centre, spread, isBold }: Figures): string {
  const isText = centre === 'NaN' || (spread === null && !isBold && /^[\d.]+$/.test(centre));
  if (isText) return centre;
  return `$${inFormula(centre, isBold)}${spread === null ? '' : ` \\pm ${inFormula(spread, false)}`}$`;
}

function inFormula(figure: string, isBold: boolean): string {
  const [mantissa = '', exponent] = figure.replace('Infinity', '\\infty').split('e');
  const value = isBold ? `\\mathbf{${mantissa}}` : mantissa;
  return exponent === undefined ? value : `${value} \\cdot 10^{${Number(exponent)}}`;
}
