import type { ReferenceSeries } from '../contract/reference.ts';
import type { SeriesId } from '../contract/series.ts';
import type { StudyTable } from '../contract/study.ts';
import type { AxisSpan } from './plotScale.ts';
import type { Range } from './ticks.ts';

/** Share of the axis' length between the series of one depth, so that error bars at one depth do not overlap. */
const DODGE = 0.006;
/** Share of the axis' length between a mean's mark and those of its seeds. */
const SEEDS_ASIDE = 0.016;
/** Share of the axis' length that is left free at both ends. */
const MARGIN = 0.08;

export interface DepthAxis {
  readonly span: AxisSpan;
  /** Also the ticks. */
  readonly depths: readonly number[];
  /** Where a series' mark at a depth stands: side by side, V1 a little to the left, V2 to the right. */
  place(series: SeriesId, depth: number): number;
  /** Where its seeds' marks stand: further out, clear of the error bar. */
  aside(series: SeriesId, depth: number): number;
  /** The depth nearest to a position on the axis; null where there is none. */
  nearest(x: number): number | null;
}

export interface DepthAxisRequest {
  readonly table: StudyTable;
  readonly references?: readonly ReferenceSeries[];
  /** On by default: depths of a study double rather than grow by a constant. */
  readonly logX?: boolean;
}

/** The x axis of everything that stands over depth: ticks are the depths themselves. */
export function depthAxis({ table, references = [], logX = true }: DepthAxisRequest): DepthAxis {
  const published = references.flatMap(({ points }) => points.map(({ depth }) => depth));
  const depths = [...new Set([...table.cells.map(({ depth }) => depth), ...published])].sort((a, b) => a - b);
  const toAxis = logX ? Math.log : Number;
  const fromAxis = logX ? Math.exp : Number;
  const [low, high] = extent(depths, toAxis);
  const length = high - low;
  const [min, max] = [fromAxis(low - MARGIN * length), fromAxis(high + MARGIN * length)];
  const ids = table.series.length === 0 ? (['v1', 'v2'] as const) : table.series.map(({ id }) => id);
  /** In units of half the distance between two series: -1 and 1 of two, -2, 0 and 2 of three. */
  const sideOf = (series: SeriesId) => 2 * Math.max(0, (ids as readonly SeriesId[]).indexOf(series)) - (ids.length - 1);
  const beside = (further: number) => (series: SeriesId, depth: number) => {
    const side = sideOf(series);
    return fromAxis(toAxis(depth) + (side * DODGE + (side < 0 ? -further : further)) * length);
  };
  return {
    span: { name: 'Depth (layers)', log: logX, min, max },
    depths,
    place: beside(0),
    aside: beside(SEEDS_ASIDE),
    nearest: (x) =>
      depths.reduce<number | null>(
        (best, depth) =>
          best === null || Math.abs(toAxis(depth) - toAxis(x)) < Math.abs(toAxis(best) - toAxis(x)) ? depth : best,
        null,
      ),
  };
}

/** Where the depths lie on the axis; a single one gets room at both sides. */
function extent(depths: readonly number[], toAxis: (depth: number) => number): Range {
  const [first = 8, last = 110] = [depths[0], depths.at(-1)];
  if (first !== last) return [toAxis(first), toAxis(last)];
  return [toAxis(first / 2), toAxis(first * 2)];
}
