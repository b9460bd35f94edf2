import type { PointComparison, SeriesComparison } from '../../contract/reference.ts';

export const OUTCOMES: Readonly<Record<PointComparison['outcome'], string>> = {
  reproduced: 'reproduced',
  notReproduced: 'not reproduced',
  notComparable: 'not comparable',
};

/** The published series without a point at a depth of the study, by what keeps them apart. */
export function seriesApart(published: readonly SeriesComparison[]): [reason: string, series: SeriesComparison[]][] {
  const apart = published.filter(({ points }) => points.length === 0);
  return [...Map.groupBy(apart, ({ reason }) => reason ?? '')];
}
