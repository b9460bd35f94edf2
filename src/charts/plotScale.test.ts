import * as fc from 'fast-check';
import { expect, it } from 'vitest';
import { partOf, plotScale, zoomShares, type AxisSpan } from './plotScale.ts';

const linear: AxisSpan = { name: 'Step', log: false, min: 0, max: 100 };
const log: AxisSpan = { name: 'Depth', log: true, min: 1, max: 10_000 };

it('places values on linear and log axes, upwards too', () => {
  expect(plotScale(linear, [10, 210]).toPixel(50)).toBe(110);
  expect(plotScale(log, [0, 400]).toPixel(100)).toBeCloseTo(200);
  expect(plotScale(linear, [200, 0]).toPixel(25)).toBe(150);
});

it('takes a pixel back to its value', () => {
  fc.assert(
    fc.property(fc.double({ min: 0, max: 500, noNaN: true }), (pixel) => {
      const scale = plotScale(log, [0, 500]);
      expect(scale.toPixel(scale.toValue(pixel))).toBeCloseTo(pixel, 6);
    }),
  );
});

it('zooms about the place under the pointer', () => {
  const zoomed = partOf(linear, linear, zoomShares(0.25, 0.5));
  expect(zoomed).toMatchObject({ min: 12.5, max: 62.5 });
  expect(plotScale(zoomed, [0, 1]).toPixel(25)).toBeCloseTo(0.25);
});

it('zooms a log axis by decades', () => {
  const zoomed = partOf(log, log, [0.25, 0.75]);
  expect(zoomed.min).toBeCloseTo(10);
  expect(zoomed.max).toBeCloseTo(1000);
});

it('pans no farther than home, and comes home when all is shown', () => {
  const part = { ...linear, min: 60, max: 90 };
  const panned = partOf(part, linear, [1, 2]);
  expect(panned.min).toBeCloseTo(70);
  expect(panned.max).toBeCloseTo(100);
  expect(partOf(part, linear, zoomShares(0.5, 10))).toBe(linear);
});

it('stops where numbers can no longer be told apart', () => {
  const tiny = { ...linear, min: 50, max: 50 + 2e-7 };
  expect(partOf(tiny, linear, [0.4, 0.6])).toBe(tiny);
});
