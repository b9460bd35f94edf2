import type { NormMap } from '../../../../contract/frames.ts';
import { logTicks, rangeOf, type Range } from '../ticks.ts';

/** Where there is nothing to scale by. */
const EMPTY: Range = [1e-6, 1];

/** One range for the colours of several maps, so that V1 and V2 can be compared; whole powers of ten. */
export function normRange(maps: readonly Pick<NormMap, 'values'>[]): Range {
  const [low, high] =
    rangeOf(
      maps.map(({ values }) => values),
      true,
    ) ?? EMPTY;
  const first = Math.floor(Math.log10(low) + 1e-6);
  const last = Math.ceil(Math.log10(high) - 1e-6);
  return [10 ** first, 10 ** Math.max(last, first + 1)];
}

/** Where a norm stands on the colour scale, 0 to 1. */
export function placeOnScale(norm: number, [low, high]: Range): number {
  return Math.log(norm / low) / Math.log(high / low);
}

/** Powers of ten on the scale, from the smallest. */
export function scaleTicks([low, high]: Range): number[] {
  const ticks = logTicks([low, high]).filter((tick) => Number.isInteger(Number(Math.log10(tick).toFixed(9))));
  return ticks.length >= 2 ? ticks : [low, high];
}
