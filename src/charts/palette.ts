import type { SeriesId } from '../contract/series.ts';
import { hexToOklch, oklchToHex } from './oklch.ts';

export type ThemeMode = 'light' | 'dark';

/** How a series is told apart without colour: on paper, in greyscale, with colour-blind eyes. */
interface SeriesStyle {
  /** Lengths of dash and gap in pixels; solid is a line type of its own. */
  readonly line: 'solid' | number[];
  readonly symbol: 'rect' | 'circle' | 'triangle' | 'diamond' | 'arrow' | 'roundRect';
  /** The same mark in running text. */
  readonly glyph: string;
  /** The mark of a published point. */
  readonly outline: string;
}

export const SERIES_STYLE: Readonly<Record<SeriesId, SeriesStyle>> = {
  v1: { line: [6, 3], symbol: 'rect', glyph: '■', outline: '□' },
  v2: { line: 'solid', symbol: 'circle', glyph: '●', outline: '○' },
  third: { line: [10, 3, 2, 3], symbol: 'triangle', glyph: '▲', outline: '△' },
  fourth: { line: [3, 3], symbol: 'diamond', glyph: '◆', outline: '◇' },
  fifth: { line: [12, 4], symbol: 'arrow', glyph: '➤', outline: '➤' },
  sixth: { line: [10, 3, 2, 3, 2, 3], symbol: 'roundRect', glyph: '▬', outline: '▭' },
};

/** Published figures: dotted, whichever family they are of. */
export const REFERENCE_LINE = [2, 3];

/** Okabe and Ito's colours (Wong 2011, doi:10.1038/nmeth.1618): told apart by every kind of colour vision. */
const FAMILY: Readonly<Record<SeriesId, string>> = {
  v1: '#D55E00',
  v2: '#0072B2',
  third: '#009E73',
  fourth: '#CC79A7',
  fifth: '#E69F00',
  sixth: '#56B4E9',
};

/** OKLab lightness of the shallowest, of an only, and of the deepest network; each has 3:1 against its surface. */
const LIGHTNESS: Readonly<Record<ThemeMode, Readonly<Record<SeriesId, readonly [number, number, number]>>>> = {
  light: {
    v1: [0.68, 0.621, 0.39],
    v2: [0.66, 0.533, 0.31],
    third: [0.65, 0.6, 0.37],
    fourth: [0.67, 0.64, 0.4],
    fifth: [0.66, 0.64, 0.42],
    sixth: [0.66, 0.64, 0.42],
  },
  dark: {
    v1: [0.84, 0.72, 0.57],
    v2: [0.84, 0.7, 0.55],
    third: [0.84, 0.72, 0.57],
    fourth: [0.84, 0.74, 0.57],
    fifth: [0.86, 0.78, 0.6],
    sixth: [0.86, 0.78, 0.6],
  },
};

/**
 * The colour of a network: the hue says its series, lightness its rank among the depths that are shown (deeper is
 * darker). The same depths give the same colour in every table, chart and export.
 */
export function seriesColour(network: {
  readonly series: SeriesId;
  readonly depth: number;
  readonly depths: readonly number[];
  readonly theme: ThemeMode;
}): string {
  const { series, depth, depths, theme } = network;
  const family = hexToOklch(FAMILY[series]);
  const [shallowest, only, deepest] = LIGHTNESS[theme][series];
  const ranks = [...new Set([...depths, depth])].sort((one, other) => one - other);
  if (ranks.length === 1)
    return theme === 'light' && isPublished(series) ? FAMILY[series] : oklchToHex({ ...family, lightness: only });
  const lightness = shallowest + ((deepest - shallowest) * ranks.indexOf(depth)) / (ranks.length - 1);
  return oklchToHex({ ...family, lightness });
}

/** The colour of the family itself, where no depth is meant. */
export function familyColour(series: SeriesId, theme: ThemeMode): string {
  return seriesColour({ series, depth: 0, depths: [], theme });
}

/** The hues that reach 3:1 on white as they were published; the others are darkened for it. */
function isPublished(series: SeriesId): boolean {
  return series === 'v1' || series === 'v2' || series === 'third';
}
