import { describe, expect, it } from 'vitest';
import { branchEnds } from './branches.ts';
import { createLayerBuilder } from './layers/builder.ts';

const drop = { stochasticDepth: 0.5, dropPath: 0 };
const builder = () => createLayerBuilder({ height: 8, width: 8, channels: 4, classes: 3 });
const size = { window: 3, channels: 4 };

describe('branchEnds', () => {
  it('is every layer that only the residual needs, and none that the shortcut needs too', () => {
    const net = builder();
    const a = net.relu('shared', net.batchNorm('bn1', net.images));
    const residual = net.convolution('conv2', net.relu('relu2', net.convolution('conv1', a, size)), size);
    const y = net.addition('add', residual, net.convolution('shortcut', a, size), drop);
    const z = net.addition('add2', net.batchNorm('bn3', y), y, drop);
    const ends = branchEnds(net.finish(net.dense('dense', net.globalPool('pool', z), 3)));
    expect([...ends].map(([layer, end]) => [layer.name, end.name]).toSorted()).toEqual([
      ['bn3', 'add2'],
      ['conv1', 'add'],
      ['conv2', 'add'],
      ['relu2', 'add'],
    ]);
  });

  it('is nothing where no mini-batch drops a branch', () => {
    const net = builder();
    const y = net.addition('add', net.convolution('conv', net.images, size), net.images, {
      ...drop,
      stochasticDepth: 0,
    });
    expect(branchEnds(net.finish(net.dense('dense', net.globalPool('pool', y), 3))).size).toBe(0);
  });

  it('refuses a dropped branch within another', () => {
    const net = builder();
    const inner = net.addition('inner', net.convolution('conv', net.images, size), net.images, drop);
    const y = net.addition('outer', inner, net.images, drop);
    const network = net.finish(net.dense('dense', net.globalPool('pool', y), 3));
    expect(() => branchEnds(network)).toThrow('inner would drop a branch within a dropped one');
  });
});
