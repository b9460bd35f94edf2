import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { createDraws } from './draws.ts';
import { philox } from './philox.ts';

describe('philox', () => {
  // Random123's known answers: kat_vectors, philox4x32 10.
  it.each([
    { counter: [0, 0, 0, 0], key: [0, 0], words: [0x6627e8d5, 0xe169c58d, 0xbc57ac4c, 0x9b00dbd8] },
    {
      counter: [0xffffffff, 0xffffffff, 0xffffffff, 0xffffffff],
      key: [0xffffffff, 0xffffffff],
      words: [0x408f276d, 0x41c83b0e, 0xa20bc7c6, 0x6d5451fd],
    },
    {
      counter: [0x243f6a88, 0x85a308d3, 0x13198a2e, 0x03707344],
      key: [0xa4093822, 0x299f31d0],
      words: [0xd16cfe09, 0x94fdcceb, 0x5001e420, 0x24126ea1],
    },
  ] as const)('gives the published words of counter $counter', ({ counter, key, words }) => {
    const out = new Uint32Array(4);
    philox([...key], [...counter], out);
    expect([...out]).toEqual(words);
  });
});

describe('draws', () => {
  it('stay below their bound and repeat', () => {
    const word = fc.nat(0xffffffff);
    fc.assert(
      fc.property(word, word, word, fc.integer({ min: 1, max: 0x100000000 }), (seed, epoch, position, bound) => {
        const value = createDraws(seed, epoch).below(bound, position, 'crop');
        expect(value).toBeGreaterThanOrEqual(0);
        expect(value).toBeLessThan(bound);
        expect(createDraws(seed, epoch).below(bound, position, 'crop')).toBe(value);
      }),
    );
  });

  it('are evenly spread', () => {
    const draws = createDraws(7, 3);
    const counts = new Array<number>(10).fill(0);
    for (let position = 0; position < 100_000; position++) counts[draws.below(10, position, 'order')]!++;
    const chiSquare = counts.reduce((sum, count) => sum + (count - 10_000) ** 2 / 10_000, 0);
    // 99.9 % of a chi-square distribution with 9 degrees of freedom.
    expect(chiSquare).toBeLessThan(27.88);
  });
});
