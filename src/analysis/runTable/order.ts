import type { CellValue } from './columns.ts';

const collator = new Intl.Collator('en', { numeric: true, sensitivity: 'base' });

/** Smaller first; texts by their words and numbers (`run 2` before `run 10`). */
export function compareCells(one: number | string, other: number | string): number {
  if (typeof one === 'number' && typeof other === 'number') return one - other;
  return collator.compare(String(one), String(other));
}

/** What a sort sees: nothing and NaN have no place in an order and come last, whichever way it goes. */
export function sortable(value: CellValue): number | string | undefined {
  return value === null || (typeof value === 'number' && Number.isNaN(value)) ? undefined : value;
}
