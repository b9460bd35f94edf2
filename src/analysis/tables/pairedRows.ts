import type { SeriesHead, SeriesId } from '../../contract/series.ts';
import type { PairedDifference, StudyCell, StudyTable } from '../../contract/study.ts';
import { METRICS } from '../metrics.ts';

/** One depth of the paired table, as every format shows it. */
export interface PairedRow {
  readonly depth: number;
  /** One a series. */
  readonly cells: readonly (StudyCell | null)[];
  /** One a comparison. */
  readonly differences: readonly (PairedDifference | null)[];
  /** Series with the best mean at this depth; empty where there is nothing to compare. */
  readonly best: readonly SeriesId[];
}

export interface PairedTable {
  readonly series: readonly SeriesHead[];
  /** The differences that have a column, `V2 − V1`. */
  readonly comparisons: readonly Comparison[];
  readonly rows: readonly PairedRow[];
}

export interface Comparison {
  readonly series: SeriesHead;
  readonly against: SeriesHead;
}

/** Turns the cells into rows by depth, with one column a series and one a comparison. */
export function pairedRows(table: StudyTable): PairedTable {
  const { series, cells, differences } = table;
  const depths = [...new Set(cells.map(({ depth }) => depth))].sort((one, other) => one - other);
  const comparisons = comparisonsOf(table);
  const rows = depths.map((depth) => {
    const own = series.map(({ id }) => cells.find((cell) => cell.series === id && cell.depth === depth) ?? null);
    return {
      depth,
      cells: own,
      differences: comparisons.map(
        (compared) => differences.find((one) => one.depth === depth && one.series === compared.series.id) ?? null,
      ),
      best: bestOf(table, own),
    };
  });
  return { series, comparisons, rows };
}

/** The pairs of series that a table compares, V2 and V1 first; no series is compared with two others. */
export function comparisonsOf({ series, differences }: Pick<StudyTable, 'series' | 'differences'>): Comparison[] {
  return series.flatMap((one) => {
    const difference = differences.find((candidate) => candidate.series === one.id);
    const against = series.find(({ id }) => id === difference?.against);
    return against === undefined ? [] : [{ series: one, against }];
  });
}

/** The differences of a table, depth by depth; `comparison` is null where all are of the same two series. */
export function namedDifferences({ comparisons, rows }: PairedTable): {
  readonly depth: number;
  readonly comparison: Comparison | null;
  readonly difference: PairedDifference;
}[] {
  return rows.flatMap(({ depth, differences }) =>
    differences.flatMap((difference, index) => {
      if (difference === null) return [];
      return [{ depth, comparison: comparisons.length > 1 ? comparisons[index]! : null, difference }];
    }),
  );
}

/** `V2 − V1`. */
export function comparisonName({ series, against }: Comparison): string {
  return `${series.label} − ${against.label}`;
}

function bestOf(table: StudyTable, cells: readonly (StudyCell | null)[]): SeriesId[] {
  const { higherIsBetter } = METRICS[table.metric];
  const means = cells.flatMap((cell) => (cell?.mean == null ? [] : [{ series: cell.series, mean: cell.mean }]));
  if (means.length < 2) return [];
  const best = (higherIsBetter ? Math.max : Math.min)(...means.map(({ mean }) => mean));
  const winners = means.filter(({ mean }) => mean === best);
  return winners.length === means.length ? [] : winners.map(({ series }) => series);
}

/** The line below a table that says what its figures are. */
export const FIGURES_NOTE =
  'Mean ± sample standard deviation (number of seeds). A difference is taken over the seeds that both finished. ' +
  'Failed runs are counted, not averaged in.';
