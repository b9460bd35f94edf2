import type { RunColumn } from './columns.ts';

/** Pixels before the first column, for the checkbox. */
export const CHECKBOX_WIDTH = 36;

export interface GridLayout {
  /** For `grid-template-columns`. */
  readonly template: string;
  readonly width: number;
  /** Classes and place of each column's cells, the header's too; made once, since a scroll shows hundreds of cells anew. */
  readonly cells: ReadonlyMap<string, CellLook>;
}

export interface CellLook {
  readonly class: string;
  /** For a column that stays in sight. */
  readonly style: { readonly left: string } | undefined;
}

const CELL = 'flex min-w-0 items-center gap-1.5 px-2';
const NUMBER = 'justify-end tabular-nums';
/** Its ground is the row's, so that what is scrolled goes under it. */
const PINNED = 'sticky z-1 bg-inherit';

export const CHECKBOX_CELL = `flex items-center justify-center left-0 ${PINNED}`;

/** Where the columns stand, the checkbox before them. `widthOf` is in pixels. */
export function gridLayout(columns: readonly RunColumn[], widthOf: (column: RunColumn) => number): GridLayout {
  const widths = columns.map(widthOf);
  const cells = new Map<string, CellLook>();
  let left = CHECKBOX_WIDTH;
  // A column is held at its place only next to those that are held too.
  let isEdge = true;
  columns.forEach(({ id, isPinned, isNumber }, index) => {
    isEdge &&= isPinned;
    const look = isNumber ? `${CELL} ${NUMBER}` : CELL;
    cells.set(
      id,
      isEdge ? { class: `${look} ${PINNED}`, style: { left: `${left}px` } } : { class: look, style: undefined },
    );
    left += widths[index]!;
  });
  return { template: [CHECKBOX_WIDTH, ...widths].map((width) => `${width}px`).join(' '), width: left, cells };
}
