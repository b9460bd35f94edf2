import { typographic } from '../format.ts';
import { countText, numberFigures, summaryFigures, type Figures } from './figures.ts';
import type { TableOptions } from './options.ts';
import type { TableCell } from './table.ts';

/** Stands where a cell has nothing. */
const NOTHING = '–';

/** A cell as it is read, in the parts that are marked up differently. */
export interface CellText {
  /** `95.15 ± 0.18`, or the words of a text. */
  readonly text: string;
  /** The runs behind a mean, `(3)`; empty for everything else. */
  readonly count: string;
  readonly isBold: boolean;
}

export function cellText(cell: TableCell, options: TableOptions): CellText {
  if (cell.kind === 'text') return plain(cell.text);
  if (cell.kind === 'empty') return plain(cell.reason === '' ? NOTHING : cell.reason);
  if (cell.kind === 'number') return shown(numberFigures(cell, options), '');
  const figures = summaryFigures(cell, options);
  const count = countText(cell.n, cell.failed);
  return figures === null ? { ...plain(NOTHING), count } : shown(figures, count);
}

function plain(text: string): CellText {
  return { text, count: '', isBold: false };
}

function shown({ centre, spread, isBold }: Figures, count: string): CellText {
  const text = spread === null ? typographic(centre) : `${typographic(centre)} ± ${typographic(spread)}`;
  return { text, count, isBold };
}
