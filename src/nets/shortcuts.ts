import type { LayerBuilder } from '../engine/layers/builder.ts';
import type { Layer } from '../engine/layers/layer.ts';

/** V1: x itself where the shapes match, else BN(Ws x) with a 1x1 convolution Ws (He et al. 2015, option B). */
export function shortcutV1(net: LayerBuilder, x: Layer, channels: number, stride: number): Layer {
  if (isIdentity(x, channels, stride)) return x;
  return net.batchNorm('shortcut.bn', net.convolution('shortcut.conv', x, { window: 1, channels, stride }));
}

/**
 * V2: x itself where the shapes match, so that the path from input to output stays clean; else a 1x1 convolution of the
 * unit's activation a = ReLU(BN(x)), without batch norm (He et al. 2016, appendix).
 */
export function shortcutV2(net: LayerBuilder, x: Layer, a: Layer, channels: number, stride: number): Layer {
  return isIdentity(x, channels, stride) ? x : net.convolution('shortcut.conv', a, { window: 1, channels, stride });
}

function isIdentity(x: Layer, channels: number, stride: number): boolean {
  return stride === 1 && x.shape.at(-1) === channels;
}
