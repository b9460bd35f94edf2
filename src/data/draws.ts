import { philox } from './philox.ts';

/** What a draw is for: draws of different purposes are independent of each other. */
const PURPOSES = { order: 0, crop: 1, flip: 2, cutout: 3, mixing: 4, randAugment: 5, jitter: 6, lighting: 7 } as const;
type Purpose = keyof typeof PURPOSES;

/** 2^32 */
const RANGE = 0x1_0000_0000;

/**
 * Numbers that follow from (seed, epoch, position, purpose) alone: key = (seed, purpose), counter = (position, epoch,
 * attempt, 0) for whole numbers and (position, epoch, block, 1) for a stream.
 */
export interface Draws {
  /** Uniform in 0 ... bound - 1, without bias; bound is at most 2^32. */
  below(bound: number, position: number, purpose: Purpose): number;
  /** One after another, uniform in [0, 1), in steps of 2^-32. */
  stream(position: number, purpose: Purpose): () => number;
}

/** @param seed and @param epoch are whole numbers below 2^32 */
export function createDraws(seed: number, epoch: number): Draws {
  const words = new Uint32Array(4);
  return {
    below: (bound, position, purpose) => {
      // Words past the last whole multiple of the bound are thrown away: the rest is evenly spread.
      const limit = RANGE - (RANGE % bound);
      for (let attempt = 0; ; attempt++) {
        philox([seed, PURPOSES[purpose]], [position, epoch, attempt, 0], words);
        for (const word of words) if (word < limit) return word % bound;
      }
    },
    stream: (position, purpose) => {
      const own = new Uint32Array(4);
      let drawn = 0;
      return () => {
        if (drawn % 4 === 0) philox([seed, PURPOSES[purpose]], [position, epoch, drawn / 4, 1], own);
        drawn += 1;
        return own[(drawn - 1) % 4]! / RANGE;
      };
    },
  };
}
