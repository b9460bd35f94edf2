import { expect, it } from 'vitest';
import reference from './seeds.scipy.json' with { type: 'json' };
import { sampleStd, summarise } from './seeds.ts';

it.each(reference.cases)('agrees with SciPy on $values.length values', ({ values, mean, std, low, high }) => {
  const summary = summarise(values);
  expect(summary.n).toBe(values.length);
  expect(summary.mean).toBeCloseTo(mean, 12);
  expect(summary.std).toBeCloseTo(std, 12);
  expect(summary.interval!.low).toBeCloseTo(low, 8);
  expect(summary.interval!.high).toBeCloseTo(high, 8);
});

it('gives no spread for one value and nothing for none', () => {
  expect(summarise([0.5])).toEqual({ n: 1, mean: 0.5, std: null, interval: null });
  expect(summarise([])).toEqual({ n: 0, mean: null, std: null, interval: null });
});

it('has no interval of equal values, whose rounding is no spread', () => {
  expect(sampleStd([2, 2, 2])).toBe(0);
  expect(summarise([0.1 + 0.2, 0.3, 0.3])).toMatchObject({ n: 3, std: 0, interval: null });
});
