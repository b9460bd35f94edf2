import { labelOf } from '../../../analysis/studySeries.ts';
import type { SeriesId } from '../../../contract/series.ts';
import type { StudyTable } from '../../../contract/study.ts';

/** The legend's entry of a series. It says what the bars are, as long as there is room for it. */
export function seriesName({ series }: Pick<StudyTable, 'series'>, id: SeriesId): string {
  const label = labelOf(series, id);
  return series.length > 2 ? label : `${label}, mean and 95 % interval`;
}
