import fc from 'fast-check';
import { expect, it } from 'vitest';
import { partsOf } from './parts.ts';

it('takes a batch apart into nearly equal parts and loses no image', () => {
  fc.assert(
    fc.property(fc.integer({ min: 1, max: 40 }), fc.integer({ min: 1, max: 50 }), (count, parts) => {
      const labels = Int32Array.from({ length: count }, (_, index) => index);
      const images = Uint8Array.from({ length: count * 2 }, (_, index) => index >> 1);
      const taken = partsOf({ images, labels, count }, parts);
      const sizes = taken.map((part) => part.count);
      expect(taken).toHaveLength(Math.min(parts, count));
      expect(Math.max(...sizes) - Math.min(...sizes)).toBeLessThanOrEqual(1);
      expect(taken.flatMap((part) => [...part.labels])).toEqual([...labels]);
      for (const part of taken) {
        expect(part.labels).toHaveLength(part.count);
        expect([...part.images]).toEqual([...part.labels].flatMap((label) => [label, label]));
      }
    }),
  );
});
