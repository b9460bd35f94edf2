import { describe, expect, it } from 'vitest';
import type { NetworkInput, NetworkRequest, NetworkSpec } from '../contract/network.ts';
import { elementCount } from '../engine/ir/node.ts';
import type { LayerGraph } from '../engine/layers/layer.ts';
import counts from './parameterCounts.json' with { type: 'json' };
import { decideNetwork } from './plans.ts';
import { buildNetwork } from './resnet.ts';

const imagenet = { height: 224, width: 224, channels: 3, classes: 1000 };
const cifar = { height: 32, width: 32, channels: 3, classes: 10 };

const build = (version: 'v1' | 'v2', depth: number, block?: 'basic' | 'bottleneck') =>
  buildNetwork(decideNetwork({ version, depth, ...(block && { block }) }), cifar);

describe('buildNetwork', () => {
  const countOf = ({ parameters }: LayerGraph) => parameters.reduce((sum, { shape }) => sum + elementCount(shape), 0);

  it.each(counts.cifar.counts)(
    'has the published number of parameters: $version $depth',
    ({ parameters, ...network }) => {
      expect(countOf(buildNetwork(network as NetworkSpec, cifar))).toBe(parameters);
    },
  );

  it.each(counts.imagenet.counts)(
    'has the count of torchvision or timm: $version $depth',
    ({ version, depth, parameters }) => {
      const network = decideNetwork({ version, depth } as NetworkRequest, imagenet);
      expect(countOf(buildNetwork(network, imagenet))).toBe(parameters);
    },
  );

  it('starts the ImageNet family as its images allow', () => {
    const shapes = (network: NetworkSpec, input: NetworkInput) =>
      Object.fromEntries(buildNetwork(network, input).layers.map(({ name, shape }) => [name, shape]));
    const network = decideNetwork({ version: 'v2', depth: 50 }, imagenet);
    const large = shapes(network, imagenet);
    expect([large['stem.conv'], large['stem.pool'], large['stage4.unit3.add']]).toEqual([
      [112, 112, 64],
      [56, 56, 64],
      [7, 7, 2048],
    ]);
    expect(large['stem.bn']).toBeUndefined();
    const small = shapes(network, cifar);
    expect([small['stem.conv'], small['stem.pool'], small['stage4.unit3.add']]).toEqual([
      [32, 32, 64],
      undefined,
      [4, 4, 2048],
    ]);
  });

  it('has no parameters in zero-padding shortcuts: 0.27 and 1.7 million (He et al. 2015, table 6)', () => {
    const padded = (depth: number) =>
      countOf(buildNetwork({ version: 'v1', depth, block: 'basic', shortcut: 'zero-padding' }, cifar));
    expect([padded(20), padded(110)]).toEqual([269_722, 1_727_962]);
  });

  it('squeezes the branch, not the shortcut, and adds once', () => {
    const { layers } = buildNetwork({ version: 'v2', depth: 8, block: 'basic', se: 16 }, cifar);
    const byName = new Map(layers.map((layer) => [layer.name, layer]));
    const add = byName.get('stage1.unit1.add')!;
    expect(add.inputs.map(({ name }) => name)).toEqual(['stage1.unit1.se.scale', 'stem.conv']);
    expect(byName.get('stage3.unit1.se.reduce')?.shape).toEqual([4]);
    expect(layers.filter(({ kind }) => kind === 'addition')).toHaveLength(3);
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
