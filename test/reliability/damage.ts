import type { Random } from './random.ts';

/** What happens to files: a bit flips, the end is missing, two blocks change places, a block is zeroed, or something follows. */
export const DAMAGES = ['flip', 'truncate', 'swap', 'zero', 'extend'] as const;
export type Damage = (typeof DAMAGES)[number];

const BLOCK_BYTES = 4096;

/** A damaged copy; it differs from the original in at least one byte. */
export function damaged(whole: Buffer, how: Damage, random: Random): Buffer {
  for (;;) {
    const bytes = damagedOnce(Buffer.from(whole), how, random);
    if (!bytes.equals(whole)) return bytes;
  }
}

function damagedOnce(bytes: Buffer, how: Damage, random: Random): Buffer {
  const block = () => BLOCK_BYTES * random.below(Math.max(1, Math.floor(bytes.length / BLOCK_BYTES)));
  switch (how) {
    case 'flip':
      bytes[random.below(bytes.length)]! ^= 1 << random.below(8);
      return bytes;
    case 'truncate':
      return bytes.subarray(0, random.below(bytes.length));
    case 'swap': {
      const [one, other] = [block(), block()];
      const kept = Buffer.from(bytes.subarray(one, one + BLOCK_BYTES));
      bytes.copy(bytes, one, other, other + BLOCK_BYTES);
      kept.copy(bytes, other);
      return bytes;
    }
    case 'zero': {
      const start = random.below(bytes.length);
      return bytes.fill(0, start, Math.min(bytes.length, start + random.pick([1, 64, BLOCK_BYTES])));
    }
    case 'extend':
      return Buffer.concat([bytes, Buffer.alloc(1 + random.below(BLOCK_BYTES), random.below(256))]);
  }
}
