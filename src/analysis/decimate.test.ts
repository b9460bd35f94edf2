import * as fc from 'fast-check';
import { expect, it } from 'vitest';
import { decimate } from './decimate.ts';

const curves = fc.record({
  values: fc.float32Array({ maxLength: 3000, minLength: 0 }),
  pixels: fc.integer({ min: 2, max: 200 }),
  firstStep: fc.integer({ min: 1, max: 1_000_000 }),
});

it('keeps only points of the curve, in step order, at most four a pixel', () => {
  fc.assert(
    fc.property(curves, ({ values, pixels, firstStep }) => {
      const result = decimate(firstStep, values, pixels);
      expect(result.steps.length).toBe(result.values.length);
      expect(result.steps.length).toBeLessThanOrEqual(4 * pixels);
      for (const [index, step] of result.steps.entries()) {
        expect(result.values[index]).toBe(values[step - firstStep]);
        if (index > 0) expect(step).toBeGreaterThan(result.steps[index - 1]!);
      }
    }),
  );
});

it('keeps both ends, the lowest and highest value, and shows that there is a NaN', () => {
  fc.assert(
    fc.property(curves, ({ values, pixels, firstStep }) => {
      const result = decimate(firstStep, values, pixels);
      if (values.length === 0) return;
      expect([result.steps[0], result.steps.at(-1)]).toEqual([firstStep, firstStep + values.length - 1]);
      const numbers = [...values].filter((value) => !Number.isNaN(value));
      const kept = [...result.values].filter((value) => !Number.isNaN(value));
      expect(Math.min(...kept)).toBe(Math.min(...numbers));
      expect(Math.max(...kept)).toBe(Math.max(...numbers));
      expect(result.values.some(Number.isNaN)).toBe(values.some(Number.isNaN));
    }),
  );
});

it('says whether every point is there', () => {
  expect(decimate(5, new Float32Array(64), 16)).toMatchObject({ exact: true, steps: { length: 64 } });
  expect(decimate(5, new Float32Array(65), 16).exact).toBe(false);
});

it('drops no peak where a NaN makes five points of a bucket', () => {
  const values = new Float32Array(100);
  values.set([1, 9, Number.NaN, -9, 2], 40);
  const { steps } = decimate(0, values, 4);
  expect([...steps]).toEqual(expect.arrayContaining([41, 42, 43]));
});
