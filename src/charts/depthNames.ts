import { labelOf } from '../analysis/studySeries.ts';
import type { SeriesId } from '../contract/series.ts';
import type { StudyTable } from '../contract/study.ts';

/** What the error bars of the depth chart are. */
export type BarKind = 'student' | 'bootstrap';

export const BARS: Readonly<Record<BarKind, string>> = {
  student: 'mean and 95 % interval',
  bootstrap: 'mean and 95 % bootstrap interval',
};

/** The legend's entry of a series. It says what the bars are, as long as there is room for it. */
export function seriesName({ series }: Pick<StudyTable, 'series'>, id: SeriesId, bars: BarKind): string {
  const label = labelOf(series, id);
  return series.length > 2 ? label : `${label}, ${BARS[bars]}`;
}
