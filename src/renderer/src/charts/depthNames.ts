import type { NetworkVersion } from '../../../contract/network.ts';
import { VERSION_STYLE } from './palette.ts';

/** The legend's entry of a version; the legend is where a chart says what its bars are. */
export function seriesName(version: NetworkVersion): string {
  return `${VERSION_STYLE[version].label}, mean and 95 % interval`;
}
