import { describe, expect, it } from 'vitest';
import { createLayerBuilder } from './builder.ts';

const create = () => createLayerBuilder({ height: 9, width: 8, channels: 3, classes: 4 });

describe('the layer builder', () => {
  it('names a layer by its scope and gives it that stage', () => {
    const net = create();
    const layer = net.within('stage2.unit1', () =>
      net.convolution('conv1', net.images, { window: 3, channels: 5, stride: 2 }),
    );
    expect(layer).toMatchObject({ name: 'stage2.unit1.conv1', stage: 'stage2', shape: [5, 4, 5], padding: 1 });
    expect(layer.parameters).toEqual([
      { name: 'stage2.unit1.conv1.weight', role: 'kernel', shape: [3, 3, 3, 5], stage: 'stage2' },
    ]);
  });

  it('lists parameters and statistics in depth order', () => {
    const net = create();
    const pooled = net.globalPool('pool', net.batchNorm('bn', net.images));
    const { parameters, statistics, logits } = net.finish(net.dense('dense', pooled, 4));
    expect(parameters.map(({ name }) => name)).toEqual(['bn.gamma', 'bn.beta', 'dense.weight', 'dense.bias']);
    expect(statistics.map(({ name }) => name)).toEqual(['bn.mean', 'bn.variance']);
    expect(logits.shape).toEqual([4]);
  });

  it('refuses a name twice and a sum of different shapes', () => {
    const net = create();
    const pooled = net.globalPool('pool', net.images);
    expect(() => net.globalPool('pool', net.images)).toThrow('Two layers would be called pool');
    expect(() => net.addition('add', pooled, net.images)).toThrow('add: pool and images differ in shape');
  });
});
