import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import reference from './welch.scipy.json' with { type: 'json' };
import { welchDifference } from './welch.ts';

describe('the difference of two means', () => {
  it.each(reference.cases)('agrees with SciPy: $values.length values and $others.length', (one) => {
    const { difference, interval } = welchDifference(one.values, one.others);
    expect(difference).toBeCloseTo(one.difference, 12);
    expect(interval!.low).toBeCloseTo(one.low, 9);
    expect(interval!.high).toBeCloseTo(one.high, 9);
  });

  it('has no interval where a group has one value', () => {
    expect(welchDifference([0.5], [0.25, 0.75])).toEqual({ difference: 0, interval: null });
  });

  it('is 0 of a group with itself, and turns its sign with the groups', () => {
    const values = fc.array(fc.double({ min: -1e3, max: 1e3, noNaN: true }), { minLength: 2, maxLength: 8 });
    fc.assert(
      fc.property(values, values, (one, other) => {
        const self = welchDifference(one, one);
        expect(self.difference).toBe(0);
        expect(self.interval!.low).toBeLessThanOrEqual(0);
        expect(self.interval!.high).toBeGreaterThanOrEqual(0);
        const [there, back] = [welchDifference(one, other), welchDifference(other, one)];
        expect(there.difference).toBeCloseTo(-back.difference, 9);
        expect(there.interval!.low).toBeCloseTo(-back.interval!.high, 6);
      }),
    );
  });
});
