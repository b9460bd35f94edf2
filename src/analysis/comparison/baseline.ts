import type { RunRow } from '../../contract/run.ts';
import { formatRunNumbers } from './runNumbers.ts';
import type { ComparisonColumn } from './columns.ts';

/**
 * The columns with the baseline at their head. One run that is named stands for the group that it is in; several are a
 * baseline of their own where no column has just these runs. `key` is null where no run of the baseline is compared.
 */
export function withBaseline(
  columns: readonly ComparisonColumn[],
  runs: readonly RunRow[],
  baseline: readonly number[],
): { readonly columns: readonly ComparisonColumn[]; readonly key: string | null } {
  const members = runs.filter(({ id }) => baseline.includes(id));
  const [first] = members;
  if (first === undefined) return { columns, key: null };
  const found =
    members.length === 1
      ? columns.find((column) => column.runs.includes(first))
      : columns.find((column) => isSame(column.runs, members));
  const column: ComparisonColumn = found ?? {
    key: 'baseline',
    title: `Runs ${formatRunNumbers(members.map(({ id }) => id))}`,
    runs: members,
    isGroup: true,
  };
  return { columns: [column, ...columns.filter((other) => other !== column)], key: column.key };
}

function isSame(some: readonly RunRow[], others: readonly RunRow[]): boolean {
  return some.length === others.length && some.every((run) => others.includes(run));
}
