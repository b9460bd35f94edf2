import { describe, expect, it } from 'vitest';
import { planLayout } from './layout.ts';

const tensor = (name: string, role: 'kernel' | 'scale' | 'shift', ...shape: number[]) => ({
  name,
  role,
  shape,
  stage: 'stage1',
});

describe('planLayout', () => {
  const layout = planLayout([
    tensor('conv1', 'kernel', 3, 3, 2, 4),
    tensor('gamma1', 'scale', 4),
    tensor('beta1', 'shift', 4),
    tensor('conv2', 'kernel', 1, 1, 4, 4),
    tensor('conv3', 'kernel', 3, 3, 2, 4),
    tensor('gamma2', 'scale', 8),
  ]);

  it('keeps the tensors in depth order', () => {
    expect(layout.tensors.map(({ name }) => name)).toEqual(['conv1', 'gamma1', 'beta1', 'conv2', 'conv3', 'gamma2']);
  });

  it('puts kernels first and tensors of one shape together', () => {
    const offsets = Object.fromEntries(layout.tensors.map(({ name, offset }) => [name, offset]));
    expect(offsets).toEqual({ conv1: 0, conv3: 72, conv2: 144, gamma1: 160, beta1: 164, gamma2: 168 });
    expect(layout).toMatchObject({ size: 176, kernelSize: 160 });
    expect(layout.groups.map(({ members, size }) => [members, size])).toEqual([
      [[0, 4], 144],
      [[3], 16],
      [[1, 2], 8],
      [[5], 8],
    ]);
  });
});
