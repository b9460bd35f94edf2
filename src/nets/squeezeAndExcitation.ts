import type { LayerBuilder } from '../engine/layers/builder.ts';
import type { Layer } from '../engine/layers/layer.ts';

/**
 * x times s, channel by channel, with s = sigmoid(W2 ReLU(W1 z)), z the mean of each channel over all positions, and W1 to
 * a `reduction`th of the channels. Hu et al. 2017, equations 2 to 4; both W have a bias, as the authors' code has.
 */
export function squeezeAndExcite(net: LayerBuilder, x: Layer, reduction: number): Layer {
  const channels = x.shape.at(-1)!;
  const squeezed = net.globalPool('se.pool', x);
  const reduced = net.relu('se.relu', net.dense('se.reduce', squeezed, Math.max(1, Math.floor(channels / reduction))));
  const excitation = net.sigmoid('se.sigmoid', net.dense('se.expand', reduced, channels));
  return net.product('se.scale', x, excitation);
}
