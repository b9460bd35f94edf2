/** What the error bars of the depth chart are. */
export type BarKind = 'student' | 'bootstrap';

export const BARS: Readonly<Record<BarKind, string>> = {
  student: 'mean and 95 % interval',
  bootstrap: 'mean and 95 % bootstrap interval',
};

/** The legend's entry of a series; the legend is where a chart says what its bars are. */
export function seriesName(label: string, bars: BarKind): string {
  return `${label}, ${BARS[bars]}`;
}
