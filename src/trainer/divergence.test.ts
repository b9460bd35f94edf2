import { describe, expect, it } from 'vitest';
import type { ParameterTensor } from '../engine/program.ts';
import { findDivergence } from './divergence.ts';

const tensor = (name: string, offset: number): ParameterTensor => ({
  name,
  shape: [1],
  role: 'kernel',
  stage: 'stem',
  offset,
  size: 1,
});
const tensors = [tensor('stem.conv.weight', 0), tensor('head.dense.weight', 1)];

describe('divergence', () => {
  it.each([
    [[1, 3, 5, 0.1, 2, 3], null],
    [[NaN, 3, 5, 0.1, 2, 3], 'Diverged in step 7: the loss is NaN and the global gradient norm is not finite'],
    [
      [Infinity, 3, NaN, 0.1, 2, NaN],
      'Diverged in step 7: the loss is Infinity and the gradient of head.dense.weight has the norm NaN',
    ],
    [
      [1, 3, Infinity, 0.1, Infinity, NaN],
      'Diverged in step 7: the gradient of stem.conv.weight has the norm Infinity',
    ],
    [[1, 3, Infinity, 0.1, 2, 3], 'Diverged in step 7: the global gradient norm is not finite'],
  ])('of %j is %j', (metrics, reason) => {
    expect(findDivergence(Float32Array.from(metrics), 7, tensors)).toBe(reason);
  });
});
