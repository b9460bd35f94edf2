import * as fc from 'fast-check';
import { expect, it } from 'vitest';
import { observedSteps } from './observedSteps.ts';

const chosen = (observe: 'auto' | 'off' | number, total: number) => {
  const { isObserved } = observedSteps(observe, total);
  return Array.from({ length: total }, (_, index) => index + 1).filter(isObserved);
};

it('chooses the first 50, the last and at most 2,000 in all by itself, whatever the length', () => {
  fc.assert(
    fc.property(fc.integer({ min: 1, max: 200_000 }), (total) => {
      const steps = chosen('auto', total);
      expect(steps.slice(0, Math.min(50, total))).toEqual(Array.from({ length: Math.min(50, total) }, (_, i) => i + 1));
      expect(steps.at(-1)).toBe(total);
      expect(steps.length).toBeLessThanOrEqual(2000);
    }),
    { numRuns: 30 },
  );
  expect(observedSteps('auto', 64_000).interval).toBe(33);
  expect(observedSteps('auto', 200).interval).toBe(20);
});

it('takes every k-th and the last where an interval is chosen, and none where it is off', () => {
  expect(chosen(4, 10)).toEqual([4, 8, 10]);
  expect(chosen(1, 3)).toEqual([1, 2, 3]);
  expect(chosen('off', 100)).toEqual([]);
});
