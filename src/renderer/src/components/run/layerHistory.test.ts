import { expect, it } from 'vitest';
import { layerHistory, stepsPerColumn } from './layerHistory.ts';

const map = {
  runId: 1,
  layers: ['stem.conv.weight', 'head.dense.weight'],
  steps: Float64Array.of(1, 11, 21),
  values: Float32Array.of(1, 2, 3, 4, NaN, 6),
  lastStep: 25,
};

it('reads a layer across the columns', () => {
  expect(layerHistory(map, 1)).toEqual({ steps: map.steps, values: Float32Array.of(2, 4, 6) });
  expect(layerHistory(map, 0).values).toEqual(Float32Array.of(1, 3, NaN));
});

it('knows how many steps a column covers', () => {
  expect(stepsPerColumn(map)).toBe(10);
  expect(stepsPerColumn({ ...map, steps: Float64Array.of(1) })).toBe(1);
});
