import type { NetworkVersion } from '../../../contract/network.ts';
import { hexToOklch, oklchToHex } from './oklch.ts';

export type ThemeMode = 'light' | 'dark';

/** How a family is told apart without colour: on paper, in greyscale, with colour-blind eyes. */
interface VersionStyle {
  readonly label: string;
  /** Lengths of dash and gap in pixels; solid is a line type of its own. */
  readonly line: 'solid' | number[];
  readonly symbol: 'rect' | 'circle';
  /** The same mark in running text. */
  readonly glyph: string;
  /** The mark of a published point. */
  readonly outline: string;
}

export const VERSION_STYLE: Readonly<Record<NetworkVersion, VersionStyle>> = {
  v1: { label: 'V1', line: [6, 3], symbol: 'rect', glyph: '■', outline: '□' },
  v2: { label: 'V2', line: 'solid', symbol: 'circle', glyph: '●', outline: '○' },
};

/** Published figures: dotted, whichever family they are of. */
export const REFERENCE_LINE = [2, 3];

/** Okabe and Ito's vermillion and blue (Wong 2011, doi:10.1038/nmeth.1618): told apart by every kind of colour vision. */
const FAMILY: Readonly<Record<NetworkVersion, string>> = { v1: '#D55E00', v2: '#0072B2' };

/** OKLab lightness of the shallowest, of an only, and of the deepest network; each has 3:1 against its surface. */
const LIGHTNESS: Readonly<Record<ThemeMode, Readonly<Record<NetworkVersion, readonly [number, number, number]>>>> = {
  light: { v1: [0.68, 0.621, 0.39], v2: [0.66, 0.533, 0.31] },
  dark: { v1: [0.84, 0.72, 0.57], v2: [0.84, 0.7, 0.55] },
};

/**
 * The colour of a network: the hue says its version, lightness its rank among the depths that are shown (deeper is
 * darker). The same depths give the same colour in every table, chart and export.
 */
export function seriesColour(series: {
  readonly version: NetworkVersion;
  readonly depth: number;
  readonly depths: readonly number[];
  readonly theme: ThemeMode;
}): string {
  const { version, depth, depths, theme } = series;
  const family = hexToOklch(FAMILY[version]);
  const [shallowest, only, deepest] = LIGHTNESS[theme][version];
  const ranks = [...new Set([...depths, depth])].sort((one, other) => one - other);
  if (ranks.length === 1) return theme === 'light' ? FAMILY[version] : oklchToHex({ ...family, lightness: only });
  const lightness = shallowest + ((deepest - shallowest) * ranks.indexOf(depth)) / (ranks.length - 1);
  return oklchToHex({ ...family, lightness });
}

/** The colour of the family itself, where no depth is meant. */
export function familyColour(version: NetworkVersion, theme: ThemeMode): string {
  return seriesColour({ version, depth: 0, depths: [], theme });
}
