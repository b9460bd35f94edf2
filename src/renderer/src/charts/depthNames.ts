/** The legend's entry of a series; the legend is where a chart says what its bars are. */
export function seriesName(label: string): string {
  return `${label}, mean and 95 % interval`;
}
