import type { LayerBuilder } from '../engine/layers/builder.ts';
import type { Layer } from '../engine/layers/layer.ts';
import type { BlockKind, NetworkVersion } from '../contract/network.ts';
import { shortcutV1, shortcutV2 } from './shortcuts.ts';

/** Size of one residual unit. */
export interface Unit {
  /** Channels of the 3x3 convolutions. */
  readonly channels: number;
  /** 2 where the unit halves the image. */
  readonly stride: number;
}

/** A residual unit: from x to y, in the scope that the builder is in. */
export type Block = (net: LayerBuilder, x: Layer, unit: Unit) => Layer;

/** Output channels of a bottleneck over those of its 3x3 convolution. */
export const EXPANSION = 4;

/** y = ReLU(BN(W2 ReLU(BN(W1 x))) + shortcut(x)); W 3x3. He et al. 2015, figure 2, section 3.2. */
export function basicV1(net: LayerBuilder, x: Layer, { channels, stride }: Unit): Layer {
  const a = net.relu('relu1', net.batchNorm('bn1', net.convolution('conv1', x, { window: 3, channels, stride })));
  const residual = net.batchNorm('bn2', net.convolution('conv2', a, { window: 3, channels }));
  return net.relu('relu2', net.addition('add', residual, shortcutV1(net, x, channels, stride)));
}

/**
 * y = ReLU(BN(W3 ReLU(BN(W2 ReLU(BN(W1 x))))) + shortcut(x)); W1, W3 1x1, W2 3x3 with the stride, four times the
 * channels out. He et al. 2015, figure 5.
 */
export function bottleneckV1(net: LayerBuilder, x: Layer, { channels, stride }: Unit): Layer {
  const out = EXPANSION * channels;
  const a = net.relu('relu1', net.batchNorm('bn1', net.convolution('conv1', x, { window: 1, channels })));
  const b = net.relu('relu2', net.batchNorm('bn2', net.convolution('conv2', a, { window: 3, channels, stride })));
  const residual = net.batchNorm('bn3', net.convolution('conv3', b, { window: 1, channels: out }));
  return net.relu('relu3', net.addition('add', residual, shortcutV1(net, x, out, stride)));
}

/** a = ReLU(BN(x)); y = W2 ReLU(BN(W1 a)) + shortcut; W 3x3. He et al. 2016, figure 1b. */
export function basicV2(net: LayerBuilder, x: Layer, { channels, stride }: Unit): Layer {
  const a = net.relu('relu1', net.batchNorm('bn1', x));
  const b = net.relu('relu2', net.batchNorm('bn2', net.convolution('conv1', a, { window: 3, channels, stride })));
  const residual = net.convolution('conv2', b, { window: 3, channels });
  return net.addition('add', residual, shortcutV2(net, x, a, channels, stride));
}

/**
 * a = ReLU(BN(x)); y = W3 ReLU(BN(W2 ReLU(BN(W1 a)))) + shortcut; W1, W3 1x1, W2 3x3 with the stride, four times the
 * channels out. He et al. 2016, section 4 (ResNet-164, ResNet-1001).
 */
export function bottleneckV2(net: LayerBuilder, x: Layer, { channels, stride }: Unit): Layer {
  const out = EXPANSION * channels;
  const a = net.relu('relu1', net.batchNorm('bn1', x));
  const b = net.relu('relu2', net.batchNorm('bn2', net.convolution('conv1', a, { window: 1, channels })));
  const c = net.relu('relu3', net.batchNorm('bn3', net.convolution('conv2', b, { window: 3, channels, stride })));
  const residual = net.convolution('conv3', c, { window: 1, channels: out });
  return net.addition('add', residual, shortcutV2(net, x, a, out, stride));
}

export const BLOCKS: Readonly<Record<NetworkVersion, Readonly<Record<BlockKind, Block>>>> = {
  v1: { basic: basicV1, bottleneck: bottleneckV1 },
  v2: { basic: basicV2, bottleneck: bottleneckV2 },
};
