import type { Architecture, Stem } from '../contract/architecture.ts';
import { isPreactivation, type ActivationOrder } from '../contract/block.ts';
import type { NetworkInput, NetworkSpec } from '../contract/network.ts';
import { createLayerBuilder, type LayerBuilder } from '../engine/layers/builder.ts';
import type { Layer, LayerGraph } from '../engine/layers/layer.ts';
import { architectureOf } from './architecture.ts';
import { RESIDUAL_UNITS } from './blocks.ts';
import { NO_DROP, withDrop, type FinalDrop } from './drop.ts';
import { unitsOf } from './units.ts';

/** The layers of a network on these images. */
export function buildNetwork(network: NetworkSpec, input: NetworkInput, drop: FinalDrop = NO_DROP): LayerGraph {
  return buildArchitecture(architectureOf(network, input), input, drop);
}

/**
 * Stem, units, global pool, dense layer. Post-activation units expect what comes in normalised and activated, so the stem
 * does that; after pre-activation units it is left to the head (He et al. 2016, appendix).
 */
export function buildArchitecture(
  architecture: Architecture,
  input: NetworkInput,
  drop: FinalDrop = NO_DROP,
): LayerGraph {
  const net = createLayerBuilder(input);
  const units = withDrop(unitsOf(architecture), drop);
  let x = net.within('stem', () => stem(net, architecture.stem, units[0]!.activation));
  for (const unit of units) {
    const from = x;
    x = net.within(unit.name, () => RESIDUAL_UNITS[unit.activation](net, from, unit));
  }
  return net.finish(net.within('head', () => head(net, x, units.at(-1)!.activation, input.classes)));
}

function stem(net: LayerBuilder, { window, width, stride, pool }: Stem, next: ActivationOrder): Layer {
  const convolved = net.convolution('conv', net.images, { window, channels: width, stride });
  const normal = next === 'full-preactivation' ? convolved : net.batchNorm('bn', convolved);
  const activated = isPreactivation(next) ? normal : net.relu('relu', normal);
  return pool ? net.maxPool('pool', activated, { window: 3, stride: 2 }) : activated;
}

function head(net: LayerBuilder, x: Layer, last: ActivationOrder, classes: number): Layer {
  const normal = last === 'full-preactivation' ? net.batchNorm('bn', x) : x;
  const activated = isPreactivation(last) ? net.relu('relu', normal) : normal;
  return net.dense('dense', net.globalPool('pool', activated), classes);
}
