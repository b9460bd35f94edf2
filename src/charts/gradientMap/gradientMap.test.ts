import { describe, expect, it } from 'vitest';
import type { NormMap } from '../../contract/frames.ts';
import { hexToOklch } from '../oklch.ts';
import { cellAt, columnOf, marksOf } from './cells.ts';
import { COLOURS, NOT_FINITE_ENTRY, pixelTable, scaleColour, ZERO_ENTRY } from './colours.ts';
import { colourScale, placeOnScale, scaleTicks } from './normScale.ts';
import { reduceGrid, reduction } from './reduce.ts';
import { packTexture } from './texture.ts';

const map: NormMap = {
  runId: 1,
  layers: ['stem.conv.weight', 'stage1.unit1.conv1.weight', 'head.dense.weight'],
  steps: Float64Array.of(1, 11),
  values: Float32Array.of(1e-3, 2, NaN, 0, 10, Infinity),
  lastStep: 15,
};

describe('the colours', () => {
  it('grow lighter evenly, so that they are ordered in greyscale', () => {
    const lights = Array.from({ length: 11 }, (_, index) => hexToOklch(scaleColour(index / 10)).lightness);
    const steps = lights.slice(1).map((light, index) => light - lights[index]!);
    expect(Math.min(...steps)).toBeGreaterThan(0.03);
    expect(Math.max(...steps)).toBeLessThan(0.11);
  });

  it('keep zero and what is not finite apart from the scale', () => {
    const table = pixelTable();
    expect(table).toHaveLength(COLOURS + 2);
    const scale = new Set(table.subarray(0, COLOURS));
    expect(scale.has(table[ZERO_ENTRY]!)).toBe(false);
    expect(scale.has(table[NOT_FINITE_ENTRY]!)).toBe(false);
  });
});

describe('the scale', () => {
  it('spans whole powers of ten of all maps together', () => {
    const [low, high] = colourScale([map, { values: Float32Array.of(3e-5) }]).range;
    expect(low).toBeCloseTo(1e-5);
    expect(high).toBeCloseTo(10);
    expect(colourScale([{ values: Float32Array.of(NaN) }]).range).toEqual([1e-6, 1]);
    expect(colourScale([{ values: Float32Array.of(0.1) }]).range[1]).toBeCloseTo(1);
  });

  it('has powers of ten as ticks', () => {
    expect(scaleTicks({ range: [1e-3, 10], isLog: true })).toEqual([1e-3, 1e-2, 0.1, 1, 10]);
    expect(scaleTicks({ range: [1, 10], isLog: true })).toEqual([1, 10]);
    expect(placeOnScale(0.1, { range: [1e-3, 10], isLog: true })).toBeCloseTo(0.5);
  });
});

describe('the scale of shares', () => {
  const dead = { values: Float32Array.of(0, 0.125, 0.34, NaN) };

  it('is even and begins at 0, which is a colour of its own scale', () => {
    const scale = colourScale([dead], false);
    expect(scale.range).toEqual([0, 0.35]);
    expect(placeOnScale(0.07, scale)).toBeCloseTo(0.2);
    expect(scaleTicks(scale)[0]).toBe(0);
    const pixels = new Uint32Array(packTexture({ columns: 4, layers: 1, values: dead.values }, scale).buffer);
    expect(Array.from(pixels)).toEqual([0, 91, 248, NOT_FINITE_ENTRY].map((entry) => pixelTable()[entry]!));
    expect(colourScale([{ values: Float32Array.of(0, 0) }], false).range).toEqual([0, 0.01]);
  });
});

describe('the texture', () => {
  it('has a row a layer, the first at the top, and marks zero and what is not finite', () => {
    const pixels = new Uint32Array(
      packTexture({ columns: 2, layers: 3, values: map.values }, { range: [1e-3, 10], isLog: true }).buffer,
    );
    const table = pixelTable();
    expect(Array.from(pixels)).toEqual(
      [0, ZERO_ENTRY, 211, COLOURS - 1, NOT_FINITE_ENTRY, NOT_FINITE_ENTRY].map((entry) => table[entry]!),
    );
  });

  it('covers grids larger than a tile', () => {
    const values = new Float32Array(130 * 70).fill(1);
    const pixels = new Uint32Array(
      packTexture({ columns: 130, layers: 70, values }, { range: [1, 10], isLog: true }).buffer,
    );
    expect(new Set(pixels).size).toBe(1);
  });
});

describe('the reduction', () => {
  it('keeps the largest norm, and above all what is not finite', () => {
    const grid = { columns: 2, layers: 3, values: map.values };
    expect(reduceGrid(grid, 1, 2).values).toEqual(Float32Array.of(2, NaN, 10, Infinity));
    expect(reduceGrid(grid, 2, 4).values).toEqual(Float32Array.of(NaN));
    expect(reduceGrid(grid, 1, 1)).toBe(grid);
  });

  it('keeps a zero only where all are zero', () => {
    const grid = { columns: 1, layers: 4, values: Float32Array.of(0, 0, 0, 1e-8) };
    expect(reduceGrid(grid, 1, 2).values).toEqual(Float32Array.of(0, 1e-8));
  });

  it('goes by powers of two', () => {
    expect([reduction(3000, 400), reduction(300, 400), reduction(800, 400)]).toEqual([8, 1, 2]);
  });
});

describe('the place under the pointer', () => {
  it('names layer, steps and norm', () => {
    expect(cellAt(map, 12.5, 1.2)).toEqual({
      column: 1,
      layer: 1,
      layerName: 'stage1.unit1.conv1.weight',
      step: 11,
      lastStep: 15,
      norm: 10,
    });
  });

  it('is none beyond the map', () => {
    expect([cellAt(map, 0, 0), cellAt(map, 17, 0), cellAt(map, 1, 3), cellAt(map, 1, -0.1)]).toEqual([
      null,
      null,
      null,
      null,
    ]);
    expect(columnOf([1, 11], 10.9)).toBe(0);
  });

  it('knows what the legend has to explain', () => {
    expect(marksOf(map.values)).toEqual({ hasZero: true, hasNotFinite: true });
    expect(marksOf(Float32Array.of(1))).toEqual({ hasZero: false, hasNotFinite: false });
  });
});
