import { describe, expect, it } from 'vitest';
import { differenceOutcome, formatDifference, formatInterval } from './figures.ts';

describe('formatInterval', () => {
  it('shows an accuracy in percent with the digits that its width allows', () => {
    expect(formatInterval('testAccuracy', { low: 0.9728679, high: 0.9808358 })).toBe('97.29 to 98.08');
  });

  it('says which way a difference goes', () => {
    expect(formatInterval('testAccuracy', { low: -0.0173773, high: 0.0247848 }, true)).toBe('−1.7 to +2.5');
  });

  it('keeps the metric’s own digits where the seeds agree', () => {
    expect(formatInterval('testLoss', { low: 0.5, high: 0.5 })).toBe('0.5000 to 0.5000');
  });
});

describe('formatDifference', () => {
  it('gives the mean with half of its interval and the unit', () => {
    const difference = { mean: 0.0083333, interval: { low: 0.00143295, high: 0.01523372 } };
    expect(formatDifference('testAccuracy', difference)).toBe('+0.83 ± 0.69 points');
  });

  it('has no interval for one pair and nothing for none', () => {
    expect(formatDifference('testLoss', { mean: -0.25, interval: null })).toBe('−0.2500');
    expect(formatDifference('testLoss', { mean: null, interval: null })).toBeNull();
  });
});

describe('differenceOutcome', () => {
  const pair = { series: 'v2', against: 'v1', n: 3 } as const;

  it('names a better version only where the interval excludes 0', () => {
    expect(differenceOutcome('testAccuracy', { ...pair, mean: 0.01, interval: { low: 0.001, high: 0.02 } })).toBe('v2');
    expect(differenceOutcome('testLoss', { ...pair, mean: 0.01, interval: { low: 0.001, high: 0.02 } })).toBe('v1');
    expect(differenceOutcome('testAccuracy', { ...pair, mean: 0.01, interval: { low: -0.001, high: 0.02 } })).toBe(
      'none',
    );
    expect(differenceOutcome('testAccuracy', { ...pair, n: 1, mean: 0.01, interval: null })).toBe('open');
    expect(differenceOutcome('testAccuracy', { ...pair, mean: 0.01, interval: null })).toBe('equal');
  });
});
