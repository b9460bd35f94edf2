import * as fc from 'fast-check';
import { expect, it } from 'vitest';
import { holm } from './holm.ts';

it('adjusts as in the example of Holm: the smallest k times, the next k - 1 times, never falling', () => {
  expect(holm([0.01, 0.04, 0.03, 0.005])).toEqual([0.03, 0.06, 0.06, 0.02]);
  expect(holm([0.6, 0.9])).toEqual([1, 1]);
  expect(holm([])).toEqual([]);
});

it('lies between the p-value and Bonferroni, whatever their order', () => {
  const p = fc.double({ min: 0, max: 1, noNaN: true });
  fc.assert(
    fc.property(fc.array(p, { minLength: 1, maxLength: 8 }), (values) => {
      const adjusted = holm(values);
      for (const [index, value] of values.entries()) {
        expect(adjusted[index]).toBeGreaterThanOrEqual(value);
        expect(adjusted[index]).toBeLessThanOrEqual(Math.min(1, values.length * Math.min(1, Math.max(...values))));
      }
      expect(holm(values.toReversed())).toEqual(adjusted.toReversed());
    }),
  );
});
