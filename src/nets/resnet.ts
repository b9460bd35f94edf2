import type { NetworkInput, NetworkSpec } from '../contract/network.ts';
import { createLayerBuilder, type LayerBuilder } from '../engine/layers/builder.ts';
import type { Layer, LayerGraph } from '../engine/layers/layer.ts';
import { BLOCKS } from './blocks.ts';
import { blocksPerStage, STAGES } from './plans.ts';

/**
 * The CIFAR family: a 3x3 stem, three stages of n units at 16, 32 and 64 channels, global pool, dense layer (He et al.
 * 2015, section 4.2). V1 normalises and activates in the stem; V2 after its last addition (He et al. 2016, appendix).
 */
export function buildNetwork(network: NetworkSpec, input: NetworkInput): LayerGraph {
  const net = createLayerBuilder(input);
  let x = net.within('stem', () => stem(net, network));
  for (const { name, channels, stride } of STAGES) {
    for (let unit = 1; unit <= blocksPerStage(network); unit += 1) {
      const from = x;
      const block = BLOCKS[network.version][network.block];
      x = net.within(`${name}.unit${unit}`, () => block(net, from, { channels, stride: unit === 1 ? stride : 1 }));
    }
  }
  return net.finish(net.within('head', () => head(net, network, x, input.classes)));
}

function stem(net: LayerBuilder, { version }: NetworkSpec): Layer {
  const convolved = net.convolution('conv', net.images, { window: 3, channels: STAGES[0].channels });
  return version === 'v1' ? net.relu('relu', net.batchNorm('bn', convolved)) : convolved;
}

function head(net: LayerBuilder, { version }: NetworkSpec, x: Layer, classes: number): Layer {
  const activated = version === 'v2' ? net.relu('relu', net.batchNorm('bn', x)) : x;
  return net.dense('dense', net.globalPool('pool', activated), classes);
}
