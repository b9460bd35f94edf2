import { describe, expect, it } from 'vitest';
import type { ParameterTensor } from '../engine/program.ts';
import { describeDivergence, hasDiverged } from './divergence.ts';

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
  it('is a step that was not applied', () => {
    expect(hasDiverged(Float32Array.of(1, 3, 5, 0.1, 1, 2, 3))).toBe(false);
    expect(hasDiverged(Float32Array.of(NaN, 3, 5, 0.1, 0, 2, 3))).toBe(true);
  });

  it.each([
    [[NaN, 3, 5, 0.1, 0, 2, 3], null, 'the loss is NaN'],
    [
      [Infinity, 3, NaN, 0.1, 0, 2, NaN],
      null,
      'the loss is Infinity, the gradient of head.dense.weight has the norm NaN',
    ],
    [
      [NaN, 3, Infinity, 0.1, 0, Infinity, NaN],
      'stem.conv',
      'the loss is NaN, in forward order, stem.conv is the first layer with an activation or batch statistic that is not finite, ' +
        'the gradient of stem.conv.weight has the norm Infinity',
    ],
    [[1, 3, Infinity, 0.1, 0, 2, 3], null, 'the global gradient norm is not finite'],
    [
      [1, 3, 5, 0.1, 0, 2, 3],
      'stage1.unit1.bn1',
      'in forward order, stage1.unit1.bn1 is the first layer with an activation or batch statistic that is not finite',
    ],
  ])('of %j with %s broken says what broke', (metrics, brokenLayer, reason) => {
    expect(describeDivergence(Float32Array.from(metrics), 7, tensors, brokenLayer)).toBe(
      `Diverged in step 7: ${reason}`,
    );
  });
});
