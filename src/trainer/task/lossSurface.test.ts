import fc from 'fast-check';
import { expect, it } from 'vitest';
import { gridCoordinates } from './lossSurface.ts';

it('has 0 in its middle and is symmetric, to the last bit', () => {
  const halves = fc.integer({ min: 1, max: 100 });
  const range = fc.double({ min: 1e-3, max: 10, noNaN: true });
  fc.assert(
    fc.property(halves, range, (half, far) => {
      const coordinates = gridCoordinates(2 * half + 1, far);
      expect(coordinates[half]).toBe(0);
      expect(coordinates.at(-1)).toBe(far);
      expect(coordinates.map((value) => 0 - value).toReversed()).toEqual(coordinates);
    }),
  );
});
