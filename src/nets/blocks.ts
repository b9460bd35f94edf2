import type { ActivationOrder } from '../contract/block.ts';
import type { LayerBuilder } from '../engine/layers/builder.ts';
import type { Layer } from '../engine/layers/layer.ts';
import { shortcutV1, shortcutV2 } from './shortcuts.ts';
import type { Unit } from './units.ts';

/** How a residual unit gets from x to y, in the scope that the builder is in. W are the unit's convolutions. */
export type ResidualUnit = (net: LayerBuilder, x: Layer, unit: Unit) => Layer;

/**
 * V1: y = ReLU(BN(W2 ReLU(BN(W1 x))) + shortcut(x)); a bottleneck has one W, BN and ReLU more. He et al. 2015, figures 2
 * and 5, section 3.2; He et al. 2016, figure 4a.
 */
export const original: ResidualUnit = (net, x, unit) => {
  const count = unit.convolutions.length;
  const residual = unit.convolutions.reduce((from, size, index) => {
    const place = index + 1;
    const normal = net.batchNorm(`bn${place}`, net.convolution(`conv${place}`, from, size));
    return place < count ? net.relu(`relu${place}`, normal) : normal;
  }, x);
  return net.relu(`relu${count}`, net.addition('add', residual, shortcutV1(net, x, unit)));
};

/**
 * V2: a = ReLU(BN(x)); y = W2 ReLU(BN(W1 a)) + shortcut; a bottleneck has one BN, ReLU and W more. No activation is on the
 * way from x to y. He et al. 2016, figures 1b and 4e, section 4.
 */
export const fullPreactivation: ResidualUnit = (net, x, unit) => {
  const activate = (from: Layer, place: number) => net.relu(`relu${place}`, net.batchNorm(`bn${place}`, from));
  const a = activate(x, 1);
  const residual = unit.convolutions.reduce(
    (from, size, index) => net.convolution(`conv${index + 1}`, index === 0 ? from : activate(from, index + 1), size),
    a,
  );
  return net.addition('add', residual, shortcutV2(net, x, a, unit));
};

export const RESIDUAL_UNITS: Readonly<Record<ActivationOrder, ResidualUnit>> = {
  original,
  'full-preactivation': fullPreactivation,
};
