import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { mean } from '../seeds.ts';
import { bootstrapIntervals } from './bootstrap.ts';

const accuracies = (least: number, most: number) =>
  fc.array(
    fc.integer({ min: 0, max: 360 }).map((right) => right / 360),
    { minLength: least, maxLength: most },
  );

describe('bootstrap intervals', () => {
  it('hold the mean, stay within the values, and move with them', () => {
    fc.assert(
      fc.property(accuracies(2, 9), fc.integer({ min: -3, max: 3 }), (values, shift) => {
        const intervals = bootstrapIntervals(values);
        expect(intervals === null).toBe(new Set(values).size === 1);
        fc.pre(intervals !== null);
        const { percentile, bca } = intervals;
        for (const { low, high } of [percentile, bca]) {
          expect(low).toBeLessThanOrEqual(high);
          expect(low).toBeGreaterThanOrEqual(Math.min(...values) - 1e-12);
          expect(high).toBeLessThanOrEqual(Math.max(...values) + 1e-12);
        }
        expect(percentile.low).toBeLessThanOrEqual(mean(values) + 1e-12);
        expect(percentile.high).toBeGreaterThanOrEqual(mean(values) - 1e-12);
        const moved = bootstrapIntervals(values.map((value) => value + shift))!;
        expect(moved.percentile.low).toBeCloseTo(percentile.low + shift, 9);
      }),
      { numRuns: 60 },
    );
  });

  it('turn round with the sign', () => {
    const values = [0.1, 0.4, 0.2, 0.9];
    const { bca } = bootstrapIntervals(values)!;
    const turned = bootstrapIntervals(values.map((value) => -value))!.bca;
    expect(turned.low).toBeCloseTo(-bca.high, 10);
    expect(turned.high).toBeCloseTo(-bca.low, 10);
  });

  it('are drawn at random from seven values on, near the exact ones and always the same', () => {
    const six = [6.61, 6.43, 6.75, 6.7, 6.52, 6.8];
    const exact = bootstrapIntervals(six)!;
    const seven = [...six, mean(six)];
    const drawn = bootstrapIntervals(seven)!;
    expect([exact.isExact, drawn.isExact]).toEqual([true, false]);
    expect(drawn).toEqual(bootstrapIntervals(seven));
    expect(Math.abs(drawn.percentile.low - exact.percentile.low)).toBeLessThan(0.03);
    expect(Math.abs(drawn.percentile.high - exact.percentile.high)).toBeLessThan(0.03);
  });

  it('say nothing of one value, and nothing of equal ones that differ by rounding', () => {
    expect(bootstrapIntervals([0.5])).toBeNull();
    expect(bootstrapIntervals([0.1 + 0.2, 0.3, 0.3])).toBeNull();
  });
});
