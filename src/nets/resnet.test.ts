import { describe, expect, it } from 'vitest';
import type { NetworkSpec } from '../contract/network.ts';
import { elementCount } from '../engine/ir/node.ts';
import counts from './parameterCounts.json' with { type: 'json' };
import { decideNetwork } from './plans.ts';
import { buildNetwork } from './resnet.ts';

const cifar = { height: 32, width: 32, channels: 3, classes: 10 };

const build = (version: 'v1' | 'v2', depth: number, block?: 'basic' | 'bottleneck') =>
  buildNetwork(decideNetwork({ version, depth, ...(block && { block }) }), cifar);

describe('buildNetwork', () => {
  it.each(counts.counts)('has the published number of parameters: $version $depth', ({ parameters, ...network }) => {
    const built = buildNetwork(network as NetworkSpec, cifar);
    expect(built.parameters.reduce((sum, { shape }) => sum + elementCount(shape), 0)).toBe(parameters);
  });

  it('names the parameters in depth order', () => {
    expect(build('v2', 8).parameters.map(({ name }) => name)).toEqual([
      'stem.conv.weight',
      'stage1.unit1.bn1.gamma',
      'stage1.unit1.bn1.beta',
      'stage1.unit1.conv1.weight',
      'stage1.unit1.bn2.gamma',
      'stage1.unit1.bn2.beta',
      'stage1.unit1.conv2.weight',
      'stage2.unit1.bn1.gamma',
      'stage2.unit1.bn1.beta',
      'stage2.unit1.conv1.weight',
      'stage2.unit1.bn2.gamma',
      'stage2.unit1.bn2.beta',
      'stage2.unit1.conv2.weight',
      'stage2.unit1.shortcut.conv.weight',
      'stage3.unit1.bn1.gamma',
      'stage3.unit1.bn1.beta',
      'stage3.unit1.conv1.weight',
      'stage3.unit1.bn2.gamma',
      'stage3.unit1.bn2.beta',
      'stage3.unit1.conv2.weight',
      'stage3.unit1.shortcut.conv.weight',
      'head.bn.gamma',
      'head.bn.beta',
      'head.dense.weight',
      'head.dense.bias',
    ]);
  });

  it('projects where shapes change, and only there', () => {
    const projections = (version: 'v1' | 'v2', depth: number, block: 'basic' | 'bottleneck') =>
      build(version, depth, block)
        .layers.filter(({ name }) => name.endsWith('shortcut.conv'))
        .map(({ name }) => name.split('.').slice(0, 2).join(' '));
    const shrinking = ['stage2 unit1', 'stage3 unit1'];
    expect(projections('v1', 20, 'basic')).toEqual(shrinking);
    expect(projections('v2', 20, 'basic')).toEqual(shrinking);
    expect(projections('v1', 20, 'bottleneck')).toEqual(['stage1 unit1', ...shrinking]);
    expect(projections('v2', 20, 'bottleneck')).toEqual(['stage1 unit1', ...shrinking]);
  });

  it('keeps the path of V2 clean: from the stem to the head only additions', () => {
    const { layers } = build('v2', 38, 'bottleneck');
    const byName = new Map(layers.map((layer) => [layer.name, layer]));
    let layer = byName.get('stage3.unit4.add')!;
    for (const unit of [3, 2, 1]) {
      layer = layer.inputs[1]!;
      expect(layer.name).toBe(`stage3.unit${unit}.add`);
    }
  });

  it('takes images of any size from 8x8 up', () => {
    for (const [height, width] of [
      [8, 8],
      [9, 13],
      [224, 17],
    ] as const) {
      const { layers } = buildNetwork(decideNetwork({ version: 'v1', depth: 11 }), { ...cifar, height, width });
      const last = layers.findLast(({ kind }) => kind === 'relu')!;
      expect(last.shape).toEqual([Math.ceil(height / 4), Math.ceil(width / 4), 256]);
    }
  });
});
