import { rangeOfLosses } from '../../analysis/lossSurface.ts';
import type { LossSurface } from '../../contract/lossSurface.ts';
import { logTicks, type Range } from '../ticks.ts';

/** Colours and contours span at most this factor above the least loss: what is higher has the last colour. */
const WIDEST = 1e4;
/** A loss of 0 has no place on a log scale. */
const LEAST = 1e-6;

/** One colour scale for all of the surfaces, so that V1 and V2 can be compared. */
export function lossScale(surfaces: readonly Pick<LossSurface, 'loss'>[]): Range {
  const [least, most] = rangeOfLosses(surfaces) ?? [1, 10];
  const low = Math.max(least, LEAST);
  return [low, Math.max(Math.min(most, low * WIDEST), low * 1.01)];
}

/** The levels of contours, which are the numbers of the scale too: 1, 2 and 5 times powers of ten, and their like. */
export function lossLevels([low, high]: Range): number[] {
  if (high / low < 10) return logTicks([low, high]);
  const first = Math.floor(Math.log10(low));
  const decades = Array.from({ length: Math.ceil(Math.log10(high)) - first + 1 }, (_, index) => first + index);
  return decades
    .flatMap((exponent) => [1, 2, 5].map((mantissa) => Number((mantissa * 10 ** exponent).toPrecision(3))))
    .filter((level) => level >= low && level <= high);
}
