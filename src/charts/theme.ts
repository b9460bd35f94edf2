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

/** Tokens of the light theme, for a document that has none of them (a test, an export). */
const FALLBACK: ChartTheme = {
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

/** Builds a theme from CSS custom properties; `read` gives a property's value, empty where it is not set. */
export function chartTheme(read: (property: string) => string, baseSize = 13): ChartTheme {
  const token = (name: string, fallback: string) => read(name).trim() || fallback;
  const surface = token('--color-surface', FALLBACK.surface);
  return {
    mode: luminance(surface) < 0.3 ? 'dark' : 'light',
    text: token('--color-text', FALLBACK.text),
    muted: token('--color-text-muted', FALLBACK.muted),
    border: token('--color-border', FALLBACK.border),
    surface,
    raised: token('--color-surface-raised', FALLBACK.raised),
    accent: token('--color-accent', FALLBACK.accent),
    danger: token('--color-danger', FALLBACK.danger),
    // ECharts writes it between double quotes into an SVG file, and does not escape it.
    fontFamily: token('--font-sans', FALLBACK.fontFamily).replaceAll('"', "'"),
    fontSize: Math.round(baseSize * 0.85),
  };
}
