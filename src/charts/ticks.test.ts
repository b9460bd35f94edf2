import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { tickLabel } from './tickLabel.ts';
import { linearTicks, logRange, logTicks, rangeOf, roundRange } from './ticks.ts';

it('finds the range of what is finite, and of what a log axis can show', () => {
  const lists = [Float32Array.of(NaN, 2, Infinity), [0, -1, 5]];
  expect(rangeOf(lists)).toEqual([-1, 5]);
  expect(rangeOf(lists, true)).toEqual([2, 5]);
  expect(rangeOf([[NaN]])).toBeNull();
});

describe('a linear axis', () => {
  it('ends on round numbers', () => {
    expect(roundRange([93.12, 96.4])).toEqual({ min: 93, max: 96.5, interval: 0.5 });
    expect(roundRange([0.1, 0.30000000000000004])).toEqual({ min: 0.1, max: 0.3, interval: 0.05 });
    expect(roundRange([3, 3])).toMatchObject({ min: 3 });
  });

  it('always holds its data, with some ticks', () => {
    const number = fc.double({ min: -1e6, max: 1e6, noNaN: true });
    fc.assert(
      fc.property(number, fc.double({ min: 1e-3, max: 1e6, noNaN: true }), (low, span) => {
        const { min, max, interval } = roundRange([low, low + span]);
        expect(min).toBeLessThanOrEqual(low + 1e-6 * interval);
        expect(max).toBeGreaterThanOrEqual(low + span - 1e-6 * interval);
        expect((max - min) / interval).toBeLessThan(12);
      }),
    );
  });

  it('has ticks without the dust of addition', () => {
    expect(linearTicks([0.05, 0.34])).toEqual([0.05, 0.1, 0.15, 0.2, 0.25, 0.3]);
  });
});

describe('a log axis', () => {
  it('takes powers of ten over many decades and thins them out', () => {
    expect(logTicks([1e-6, 1])).toEqual([1e-6, 1e-5, 1e-4, 1e-3, 1e-2, 0.1, 1]);
    expect(logTicks([1e-20, 1]).length).toBeLessThanOrEqual(8);
  });

  it('adds 2 and 5 within three decades and round steps within one', () => {
    expect(logTicks([0.03, 3])).toEqual([0.05, 0.1, 0.2, 0.5, 1, 2]);
    expect(logTicks([2, 4])).toEqual([2, 2.5, 3, 3.5, 4]);
  });

  it('gives its data some air', () => {
    const [low, high] = logRange([1, 100]);
    expect(low).toBeLessThan(1);
    expect(high).toBeGreaterThan(100);
    const alone = logRange([5, 5]);
    expect(alone[1] / alone[0]).toBeGreaterThan(1.4);
  });
});

it.each([
  [0, '0'],
  [0.25, '0.25'],
  [-0.5, '−0.5'],
  [64_000, '64k'],
  [2_500_000, '2.5M'],
  [1e-5, '10⁻⁵'],
  [2e-7, '2×10⁻⁷'],
  [-3e-12, '−3×10⁻¹²'],
  [1234, '1234'],
])('labels %d as %s', (value, label) => {
  expect(tickLabel(value)).toBe(label);
});
