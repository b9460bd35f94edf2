import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { contourOf } from './contours.ts';

const GRID = [-1, -0.5, 0, 0.5, 1];
const on = (height: (x: number, y: number) => number, grid = GRID) => grid.map((y) => grid.map((x) => height(x, y)));
const points = (pieces: number[]) =>
  Array.from({ length: pieces.length / 2 }, (_, index) => [pieces[2 * index]!, pieces[2 * index + 1]!] as const);

describe('contourOf', () => {
  it('lies on a plane where the plane has that height', () => {
    const number = fc.double({ min: -2, max: 2, noNaN: true });
    fc.assert(
      fc.property(number, number, number, (a, b, level) => {
        for (const [x, y] of points(
          contourOf(
            on((u, v) => a * u + b * v),
            GRID,
            level,
          ),
        )) {
          expect(a * x + b * y).toBeCloseTo(level, 9);
        }
      }),
    );
  });

  it('runs around a bowl and is closed: every end is met by another', () => {
    const pieces = contourOf(
      on((x, y) => x * x + y * y),
      GRID,
      0.3,
    );
    expect(pieces.length).toBeGreaterThan(16);
    const ends = Map.groupBy(points(pieces), ([x, y]) => `${x.toFixed(9)},${y.toFixed(9)}`);
    for (const met of ends.values()) expect(met.length % 2).toBe(0);
  });

  it('has none beyond the surface, and none beside what is not finite', () => {
    expect(
      contourOf(
        on((x) => x),
        GRID,
        5,
      ),
    ).toEqual([]);
    const holed = on((x) => x);
    holed[2]![2] = NaN;
    expect(contourOf(holed, GRID, 0.25).length).toBeLessThan(
      contourOf(
        on((x) => x),
        GRID,
        0.25,
      ).length,
    );
  });

  it('joins the two high corners of a saddle or cuts them off, by its middle', () => {
    const saddle = (low: number) => [
      [1, low],
      [low, 1],
    ];
    const joined = contourOf(saddle(0.2), [0, 1], 0.5);
    const apart = contourOf(saddle(-1), [0, 1], 0.5);
    expect(joined).toHaveLength(8);
    expect(apart).toHaveLength(8);
    // Around the corner at (1, 0), which is low: there the high ones are joined.
    const isAround = (pieces: number[], x: number, y: number) =>
      [pieces.slice(0, 4), pieces.slice(4)].some(([x1, y1, x2, y2]) => {
        const distances = [Math.hypot(x1! - x, y1! - y), Math.hypot(x2! - x, y2! - y)];
        return distances.every((distance) => distance < 1);
      });
    expect(isAround(joined, 1, 0)).toBe(true);
    expect(isAround(joined, 0, 0)).toBe(false);
    expect(isAround(apart, 0, 0)).toBe(true);
  });
});
