import { cellText } from './cellText.ts';
import { escapeMarkdown } from './escapeMarkdown.ts';
import { notesOf } from './figures.ts';
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
  const { text, count, isBold } = cellText(cell, options);
  const escaped = escapeMarkdown(text);
  return [isBold ? `**${escaped}**` : escaped, ...(count === '' ? [] : [count])].join(' ');
}
