import type { SeriesId } from '../../../../contract/series.ts';

/** The colour of a series, dark enough for text. */
export const SERIES_TEXT: Readonly<Record<SeriesId, string>> = {
  v1: 'text-v1-text',
  v2: 'text-v2-text',
  third: 'text-third-text',
  fourth: 'text-fourth-text',
  fifth: 'text-fifth-text',
  sixth: 'text-sixth-text',
};
