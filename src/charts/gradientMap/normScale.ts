import type { NormMap } from '../../contract/frames.ts';
import { linearTicks, logTicks, rangeOf, roundRange, type Range } from '../ticks.ts';

/** What the colours stand for: over powers of ten, or evenly from 0. */
export interface ColourScale {
  readonly range: Range;
  readonly isLog: boolean;
}

/** Where there is nothing to scale by. */
const EMPTY: Range = [1e-6, 1];
/** A share that is nowhere larger is no difference to show. */
const LEAST_SHARE = 0.01;

/** One scale for the colours of several maps, so that V1 and V2 can be compared; whole powers of ten, or from 0. */
export function colourScale(maps: readonly Pick<NormMap, 'values'>[], isLog = true): ColourScale {
  const range = rangeOf(
    maps.map(({ values }) => values),
    isLog,
  );
  if (!isLog) return { isLog, range: [0, roundRange([0, Math.max(LEAST_SHARE, range?.[1] ?? 1)]).max] };
  const [low, high] = range ?? EMPTY;
  const first = Math.floor(Math.log10(low) + 1e-6);
  const last = Math.ceil(Math.log10(high) - 1e-6);
  return { isLog, range: [10 ** first, 10 ** Math.max(last, first + 1)] };
}

/** Where a value stands on the colour scale, 0 to 1. */
export function placeOnScale(value: number, { range: [low, high], isLog }: ColourScale): number {
  return isLog ? Math.log(value / low) / Math.log(high / low) : (value - low) / (high - low);
}

/** Round numbers on the scale, from the smallest; powers of ten where it is one of them. */
export function scaleTicks({ range, isLog }: ColourScale): number[] {
  if (!isLog) return linearTicks(range);
  const ticks = logTicks(range).filter((tick) => Number.isInteger(Number(Math.log10(tick).toFixed(9))));
  return ticks.length >= 2 ? ticks : [...range];
}
