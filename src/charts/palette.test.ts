import { describe, expect, it } from 'vitest';
import { SeriesId } from '../contract/series.ts';
import { hexToOklch, luminance, oklchToHex } from './oklch.ts';
import { familyColour, seriesColour, SERIES_STYLE, type ThemeMode } from './palette.ts';

const DEPTHS = [8, 20, 44, 110, 1001];
const SURFACES: Record<ThemeMode, string> = { light: '#ffffff', dark: '#181b21' };

function contrast(one: string, other: string): number {
  const [high, low] = [luminance(one), luminance(other)].sort((a, b) => b - a) as [number, number];
  return (high + 0.05) / (low + 0.05);
}

describe.each(['light', 'dark'] as const)('series colours in the %s theme', (theme) => {
  it.each(SeriesId.options)('deepen with depth within %s and stand out from the surface', (series) => {
    const colours = DEPTHS.map((depth) => seriesColour({ series, depth, depths: DEPTHS, theme }));
    const lights = colours.map((colour) => hexToOklch(colour).lightness);
    expect(lights).toEqual([...lights].sort((one, other) => other - one));
    expect(new Set(colours).size).toBe(DEPTHS.length);
    for (const colour of colours) expect(contrast(colour, SURFACES[theme])).toBeGreaterThanOrEqual(3);
  });

  it('do not depend on the order or on doubles of the depths', () => {
    const of = (depths: number[]) => seriesColour({ series: 'v1', depth: 20, depths, theme });
    expect(of([44, 8, 20, 20])).toBe(of([8, 20, 44]));
  });
});

it('takes the published hues for a family alone', () => {
  expect(familyColour('v1', 'light')).toBe('#D55E00');
  expect(familyColour('v2', 'light')).toBe('#0072B2');
});

it('tells the families apart without colour', () => {
  const styles = SeriesId.options.map((id) => SERIES_STYLE[id]);
  expect(new Set(styles.map(({ line }) => String(line))).size).toBe(styles.length);
  expect(new Set(styles.map(({ symbol }) => symbol)).size).toBe(styles.length);
});

it.each(['#d55e00', '#0072b2', '#ffffff', '#000000', '#808080'])('reads and writes %s unchanged', (hex) => {
  expect(oklchToHex(hexToOklch(hex))).toBe(hex);
});

it('gives up chroma where a screen has no such colour', () => {
  expect(oklchToHex({ lightness: 0.6, chroma: 1, hue: 0 })).toMatch(/^#[\da-f]{6}$/);
});
