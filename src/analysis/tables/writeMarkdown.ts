import { typographic } from '../format.ts';
import { escapeMarkdown } from './escapeMarkdown.ts';
import { countText, notesOf, numberFigures, summaryFigures, type Figures } from './figures.ts';
import type { TableOptions } from './options.ts';
import { fullHeadOf, type Table, type TableCell } from './table.ts';

/** GitHub-flavoured Markdown: caption, table, notes. */
export function writeMarkdown(table: Table, options: TableOptions): string {
  const { caption, columns, rows } = table;
  const lines = [
    ...(caption === '' ? [] : [`**${escapeMarkdown(caption)}**`, '']),
    line(columns.map((column) => escapeMarkdown(fullHeadOf(column)))),
    line(columns.map(({ kind }) => (kind === 'text' ? '---' : '---:'))),
    ...rows.map((cells) => line(cells.map((cell) => markdownCell(cell, options)))),
    ...notesOf(table, options).flatMap((note) => ['', escapeMarkdown(note)]),
  ];
  return `${lines.join('\n')}\n`;
}

function line(cells: readonly string[]): string {
  return `| ${cells.join(' | ')} |`;
}

function markdownCell(cell: TableCell, options: TableOptions): string {
  if (cell.kind === 'text') return escapeMarkdown(cell.text);
  if (cell.kind === 'empty') return cell.reason === '' ? '–' : escapeMarkdown(cell.reason);
  if (cell.kind === 'number') return shown(numberFigures(cell, options));
  const figures = summaryFigures(cell, options);
  return `${figures === null ? '–' : shown(figures)} ${countText(cell.n, cell.failed)}`;
}

function shown({ centre, spread, isBold }: Figures): string {
  const text = spread === null ? typographic(centre) : `${typographic(centre)} ± ${typographic(spread)}`;
  return isBold ? `**${text}**` : text;
}
