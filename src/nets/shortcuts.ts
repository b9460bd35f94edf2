import type { LayerBuilder } from '../engine/layers/builder.ts';
import type { Layer } from '../engine/layers/layer.ts';
import type { Unit } from './units.ts';

/** V1: x itself where the shapes match, else BN(Ws x) with a 1x1 convolution Ws (He et al. 2015, option B). */
export function shortcutV1(net: LayerBuilder, x: Layer, unit: Unit): Layer {
  return isIdentity(x, unit) ? x : net.batchNorm('shortcut.bn', project(net, x, unit));
}

/**
 * V2: x itself where the shapes match, so that the path from input to output stays clean; else a 1x1 convolution of the
 * unit's activation a = ReLU(BN(x)), without batch norm (He et al. 2016, appendix).
 */
export function shortcutV2(net: LayerBuilder, x: Layer, a: Layer, unit: Unit): Layer {
  return isIdentity(x, unit) ? x : project(net, a, unit);
}

function project(net: LayerBuilder, x: Layer, { channels, stride }: Unit): Layer {
  return net.convolution('shortcut.conv', x, { window: 1, channels, stride });
}

function isIdentity(x: Layer, { channels, stride }: Unit): boolean {
  return stride === 1 && x.shape.at(-1) === channels;
}
