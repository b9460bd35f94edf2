import type { ActivationOrder } from '../contract/block.ts';
import type { LayerBuilder } from '../engine/layers/builder.ts';
import type { Layer } from '../engine/layers/layer.ts';
import { meet } from './shortcuts.ts';
import type { Unit } from './units.ts';

/** How a residual unit gets from x to y, in the scope that the builder is in. W are the unit's convolutions. */
export type ResidualUnit = (net: LayerBuilder, x: Layer, unit: Unit) => Layer;

/**
 * V1: y = ReLU(BN(W2 ReLU(BN(W1 x))) + shortcut(x)); a bottleneck has one W, BN and ReLU more. He et al. 2015, figures 2
 * and 5, section 3.2; He et al. 2016, figure 4a.
 */
const original: ResidualUnit = (net, x, unit) => {
  const { convolve, normalise, activate, last } = layersOf(net, unit);
  let residual = x;
  for (let place = 1; place <= last; place += 1) {
    residual = normalise(convolve(residual, place), place);
    if (place < last) residual = activate(residual, place);
  }
  return activate(meet(net, unit, { residual, x, entry: x, isNormalised: true }), last);
};

/** y = ReLU(BN(W2 ReLU(BN(W1 x)) + shortcut(x))). He et al. 2016, figure 4b. */
const normalisedAfterAddition: ResidualUnit = (net, x, unit) => {
  const { convolve, normalise, activate, last } = layersOf(net, unit);
  let residual = x;
  for (let place = 1; place <= last; place += 1) {
    residual = convolve(residual, place);
    if (place < last) residual = activate(normalise(residual, place), place);
  }
  return activate(normalise(meet(net, unit, { residual, x, entry: x, isNormalised: false }), last), last);
};

/** y = ReLU(BN(W2 ReLU(BN(W1 x)))) + shortcut(x): what is added is never negative. He et al. 2016, figure 4c. */
const activatedBeforeAddition: ResidualUnit = (net, x, unit) => {
  const { convolve, normalise, activate, last } = layersOf(net, unit);
  let residual = x;
  for (let place = 1; place <= last; place += 1) {
    residual = activate(normalise(convolve(residual, place), place), place);
  }
  return meet(net, unit, { residual, x, entry: x, isNormalised: true });
};

/** a = ReLU(x); y = BN(W2 ReLU(BN(W1 a))) + shortcut. He et al. 2016, figure 4d. */
const activatedFirst: ResidualUnit = (net, x, unit) => {
  const { convolve, normalise, activate, last } = layersOf(net, unit);
  const a = activate(x, 1);
  let residual = a;
  for (let place = 1; place <= last; place += 1) {
    if (place > 1) residual = activate(residual, place);
    residual = normalise(convolve(residual, place), place);
  }
  return meet(net, unit, { residual, x, entry: a, isNormalised: true });
};

/**
 * V2: a = ReLU(BN(x)); y = W2 ReLU(BN(W1 a)) + shortcut; a bottleneck has one BN, ReLU and W more. No activation is on the
 * way from x to y. He et al. 2016, figures 1b and 4e, section 4.
 */
const fullPreactivation: ResidualUnit = (net, x, unit) => {
  const { convolve, normalise, activate, last } = layersOf(net, unit);
  const a = activate(normalise(x, 1), 1);
  let residual = a;
  for (let place = 1; place <= last; place += 1) {
    if (place > 1) residual = activate(normalise(residual, place), place);
    residual = convolve(residual, place);
  }
  return meet(net, unit, { residual, x, entry: a, isNormalised: false });
};

/** The layers of a unit by their place, 1 to `last`: `conv1`, `bn1`, `relu1`. */
function layersOf(net: LayerBuilder, { convolutions }: Unit) {
  return {
    last: convolutions.length,
    convolve: (x: Layer, place: number) => net.convolution(`conv${place}`, x, convolutions[place - 1]!),
    normalise: (x: Layer, place: number) => net.batchNorm(`bn${place}`, x),
    activate: (x: Layer, place: number) => net.relu(`relu${place}`, x),
  };
}

export const RESIDUAL_UNITS: Readonly<Record<ActivationOrder, ResidualUnit>> = {
  original,
  'bn-after-addition': normalisedAfterAddition,
  'relu-before-addition': activatedBeforeAddition,
  'relu-only-preactivation': activatedFirst,
  'full-preactivation': fullPreactivation,
};
