import type { Range } from './ticks.ts';

/** An axis: what it measures, with its unit, and from where to where. */
export interface AxisSpan {
  readonly name: string;
  readonly log: boolean;
  readonly min: number;
  readonly max: number;
}

export interface PlotScale {
  toPixel(value: number): number;
  toValue(pixel: number): number;
}

/** Between values and pixels, as the axis draws them; `from` and `to` are the pixels of its two ends. */
export function plotScale({ log, min, max }: AxisSpan, [from, to]: Range): PlotScale {
  const into = log ? Math.log : Number;
  const out = log ? Math.exp : Number;
  const [low, high] = [into(min), into(max)];
  return {
    toPixel: (value) => from + ((into(value) - low) / (high - low)) * (to - from),
    toValue: (pixel) => out(low + ((pixel - from) / (to - from)) * (high - low)),
  };
}

/**
 * The part of an axis that lies between two shares of its length (0 and 1 are its ends as it is shown now), kept within
 * its home span. Zooming and panning are both this: about a place on the screen, so that log axes behave.
 */
export function partOf(shown: AxisSpan, home: AxisSpan, [from, to]: Range): AxisSpan {
  const ends = plotScale(shown, [0, 1]);
  const limits = plotScale(home, [0, 1]);
  const [low, high] = [limits.toPixel(ends.toValue(from)), limits.toPixel(ends.toValue(to))];
  const length = Math.min(1, high - low);
  // Moved back where it would leave the home span; the length stays.
  const start = Math.min(Math.max(low, 0), 1 - length);
  if (length >= 1 - 1e-9) return home;
  if (length < SMALLEST_PART) return shown;
  return { ...home, min: limits.toValue(start), max: limits.toValue(start + length) };
}

/** Below this share of the home span the axis' numbers are the same to double precision. */
const SMALLEST_PART = 1e-9;

/** Shares for `partOf`: shows `factor` of what is shown now, keeping the place at share `at` where it is. */
export function zoomShares(at: number, factor: number): Range {
  return [at - at * factor, at + (1 - at) * factor];
}
