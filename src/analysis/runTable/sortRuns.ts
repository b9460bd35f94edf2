import type { RunRow } from '../../contract/run.ts';
import type { RunView } from '../../contract/runView.ts';
import { RUN_QUANTITIES, type ColumnContext } from './columns.ts';
import { compareCells, sortable } from './order.ts';

type Order = (one: RunRow, other: RunRow) => number;

/** By the first column, where that is equal by the second, and so on; runs without a value come last. */
export function sortRuns(
  runs: readonly RunRow[],
  sorting: RunView['sorting'],
  context: ColumnContext,
): readonly RunRow[] {
  const orders = sorting.flatMap(({ column, descending }) => {
    const quantity = RUN_QUANTITIES.find(({ id }) => id === column);
    return quantity === undefined ? [] : [orderBy((run) => sortable(quantity.read(run, context)), descending)];
  });
  return runs.toSorted((one, other) => {
    for (const order of orders) {
      const difference = order(one, other);
      if (difference !== 0) return difference;
    }
    return 0;
  });
}

function orderBy(read: (run: RunRow) => number | string | undefined, descending: boolean): Order {
  return (one, other) => {
    const [left, right] = [read(one), read(other)];
    if (left === undefined || right === undefined) return Number(left === undefined) - Number(right === undefined);
    return descending ? compareCells(right, left) : compareCells(left, right);
  };
}
