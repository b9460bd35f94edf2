import type { NetworkVersion } from '../../contract/network.ts';
import type { PairedDifference, StudyCell, StudyTable } from '../../contract/study.ts';
import { METRICS } from '../metrics.ts';

/** One depth of the paired table, as every format shows it. */
export interface PairedRow {
  readonly depth: number;
  readonly cells: readonly (StudyCell | null)[];
  readonly difference: PairedDifference | null;
  /** Versions with the best mean at this depth; empty where there is nothing to compare. */
  readonly best: readonly NetworkVersion[];
}

export interface PairedTable {
  readonly versions: readonly NetworkVersion[];
  readonly hasDifference: boolean;
  readonly rows: readonly PairedRow[];
}

/** Turns the cells into rows by depth, with one column a version. */
export function pairedRows(table: StudyTable): PairedTable {
  const versions = [...new Set(table.cells.map(({ version }) => version))];
  const depths = [...new Set(table.cells.map(({ depth }) => depth))].sort((one, other) => one - other);
  const rows = depths.map((depth) => {
    const cells = versions.map(
      (version) => table.cells.find((cell) => cell.version === version && cell.depth === depth) ?? null,
    );
    const difference = table.differences.find((candidate) => candidate.depth === depth) ?? null;
    return { depth, cells, difference, best: bestOf(table, cells) };
  });
  return { versions, hasDifference: table.differences.length > 0, rows };
}

function bestOf(table: StudyTable, cells: readonly (StudyCell | null)[]): NetworkVersion[] {
  const { higherIsBetter } = METRICS[table.metric];
  const means = cells.flatMap((cell) => (cell?.mean == null ? [] : [{ version: cell.version, mean: cell.mean }]));
  if (means.length < 2) return [];
  const best = (higherIsBetter ? Math.max : Math.min)(...means.map(({ mean }) => mean));
  const winners = means.filter(({ mean }) => mean === best);
  return winners.length === means.length ? [] : winners.map(({ version }) => version);
}

/** The line below a table that says what its figures are. */
export const FIGURES_NOTE =
  'Mean ± sample standard deviation (number of seeds). V2 − V1 is taken over the seeds that both finished. ' +
  'Failed runs are counted, not averaged in.';
