import type { NetworkVersion } from '../../../contract/network.ts';
import { VERSION_STYLE } from './palette.ts';

/** What the error bars of the depth chart are. */
export type BarKind = 'student' | 'bootstrap';

const BARS: Readonly<Record<BarKind, string>> = {
  student: 'mean and 95 % interval',
  bootstrap: 'mean and 95 % bootstrap interval',
};

/** The legend's entry of a version; the legend is where a chart says what its bars are. */
export function seriesName(version: NetworkVersion, bars: BarKind): string {
  return `${VERSION_STYLE[version].label}, ${BARS[bars]}`;
}
