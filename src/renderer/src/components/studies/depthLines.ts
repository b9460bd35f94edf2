import { METRICS } from '../../../../analysis/metrics.ts';
import type { SeriesId } from '../../../../contract/series.ts';
import type { StudyTable } from '../../../../contract/study.ts';

export interface DepthLine {
  readonly series: SeriesId;
  readonly points: readonly (readonly [x: number, y: number])[];
}

/** Room at the edges for the marks, pixels. */
const MARGIN = 4;

/** The means over depth as lines in a box of that size, the depths at equal distances, the best value at the top. */
export function depthLines({ series, cells, metric }: StudyTable, width: number, height: number): DepthLine[] {
  const depths = [...new Set(cells.map(({ depth }) => depth))].sort((one, other) => one - other);
  const means = cells.flatMap(({ mean }) => (mean === null ? [] : [mean]));
  const [low, high] = [Math.min(...means), Math.max(...means)];
  const { higherIsBetter } = METRICS[metric];
  const x = (depth: number) =>
    depths.length === 1 ? width / 2 : MARGIN + ((width - 2 * MARGIN) * depths.indexOf(depth)) / (depths.length - 1);
  const y = (mean: number) => {
    const share = high > low ? (mean - low) / (high - low) : 0.5;
    return MARGIN + (height - 2 * MARGIN) * (higherIsBetter ? 1 - share : share);
  };
  return series.flatMap(({ id }) => {
    const points = cells.flatMap((cell) =>
      cell.series === id && cell.mean !== null ? [[x(cell.depth), y(cell.mean)] as const] : [],
    );
    return points.length === 0 ? [] : [{ series: id, points }];
  });
}
