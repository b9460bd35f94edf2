import type { TableCell, TableColumn } from './table.ts';

/** Marks the best values of a row of comparable cells; none where fewer than two have a value, or all have the same. */
export function markBest(cells: readonly TableCell[], better: TableColumn['better']): TableCell[] {
  const values = cells.map(valueOf);
  const finite = values.filter((value) => value !== null);
  const best = (better === 'higher' ? Math.max : Math.min)(...finite);
  const hasBest = better !== null && finite.length > 1 && finite.some((value) => value !== best);
  return cells.map((cell, index) =>
    cell.kind === 'summary' || cell.kind === 'number' ? { ...cell, isBest: hasBest && values[index] === best } : cell,
  );
}

function valueOf(cell: TableCell): number | null {
  const value = cell.kind === 'summary' ? cell.mean : cell.kind === 'number' ? cell.value : null;
  return value !== null && Number.isFinite(value) ? value : null;
}
