import { createDraws } from './draws.ts';

/**
 * The order of an epoch's images: a permutation of 0 ... count - 1 by Fisher and Yates's shuffle (Durstenfeld 1964).
 * It follows from the seed and the epoch alone, so that a run can be continued at any step without the ones before it.
 */
export function epochOrder(seed: number, epoch: number, count: number): Uint32Array {
  const draws = createDraws(seed, epoch);
  const order = Uint32Array.from({ length: count }, (_, index) => index);
  for (let last = count - 1; last > 0; last--) {
    const other = draws.below(last + 1, last, 'order');
    const moved = order[last]!;
    order[last] = order[other]!;
    order[other] = moved;
  }
  return order;
}
