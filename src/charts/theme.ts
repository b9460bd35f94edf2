import { luminance } from './oklch.ts';
import type { ThemeMode } from './palette.ts';

/** What a chart takes from the page's tokens, as a canvas wants it: plain colours and pixels. */
export interface ChartTheme {
  readonly mode: ThemeMode;
  readonly text: string;
  readonly muted: string;
  readonly border: string;
  readonly surface: string;
  readonly raised: string;
  readonly accent: string;
  readonly danger: string;
  readonly fontFamily: string;
  /** Pixels; the labels of a chart are a little smaller than running text. */
  readonly fontSize: number;
}

/** Tokens of the light theme, for paper and for whatever is no page. */
export const PAPER_THEME: ChartTheme = {
  mode: 'light',
  text: '#171a20',
  muted: '#59616e',
  border: '#dadee5',
  surface: '#ffffff',
  raised: '#f7f8fa',
  accent: '#5546b4',
  danger: '#b3261e',
  fontFamily: 'system-ui, sans-serif',
  fontSize: 11,
};

/** The colours of paper with the font of a page. */
export function paperTheme({ fontFamily, fontSize }: Pick<ChartTheme, 'fontFamily' | 'fontSize'>): ChartTheme {
  return { ...PAPER_THEME, fontFamily, fontSize };
}

/** Builds a theme from CSS custom properties; `read` gives a property's value, empty where it is not set. */
export function chartTheme(read: (property: string) => string, baseSize = 13): ChartTheme {
  const token = (name: string, fallback: string) => read(name).trim() || fallback;
  const surface = token('--color-surface', PAPER_THEME.surface);
  return {
    mode: luminance(surface) < 0.3 ? 'dark' : 'light',
    text: token('--color-text', PAPER_THEME.text),
    muted: token('--color-text-muted', PAPER_THEME.muted),
    border: token('--color-border', PAPER_THEME.border),
    surface,
    raised: token('--color-surface-raised', PAPER_THEME.raised),
    accent: token('--color-accent', PAPER_THEME.accent),
    danger: token('--color-danger', PAPER_THEME.danger),
    // ECharts writes it between double quotes into an SVG file, and does not escape it.
    fontFamily: token('--font-sans', PAPER_THEME.fontFamily).replaceAll('"', "'"),
    fontSize: Math.round(baseSize * 0.85),
  };
}
