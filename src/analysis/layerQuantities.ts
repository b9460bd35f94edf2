import type { LayerQuantity } from '../contract/flow.ts';
import { formatMeasurement } from './format.ts';

interface QuantityFacts {
  /** As a heading: `Gradient norm`. */
  readonly title: string;
  /** What it is, in a clause that follows a colon or a dash; no full stop. */
  readonly definition: string;
  /** How it is drawn and compared: over powers of ten, or as a share from 0 to 1. */
  readonly scale: 'log' | 'linear';
}

/** How each quantity of a layer is named and shown; what it is exactly stands in `contract/flow.ts`. */
export const QUANTITY_FACTS: Readonly<Record<LayerQuantity, QuantityFacts>> = {
  gradientNorm: {
    title: 'Gradient norm',
    definition: 'L2 norm of the loss’s gradient, before clipping and without weight decay',
    scale: 'log',
  },
  updateRatio: {
    title: 'Update ratio',
    definition: 'L2 norm of what the step changed, over the norm of the weights before it',
    scale: 'log',
  },
  weightNorm: { title: 'Weight norm', definition: 'L2 norm of the weights before the step', scale: 'log' },
  updateNorm: {
    title: 'Update norm',
    definition: 'L2 norm of what the step changed: learning rate, momentum, clipping and decay included',
    scale: 'log',
  },
  activationMean: {
    title: 'Activation mean',
    definition: 'mean of a ReLU’s outputs over batch, positions and channels',
    scale: 'log',
  },
  activationStd: {
    title: 'Activation standard deviation',
    definition: 'standard deviation of a ReLU’s outputs over batch, positions and channels',
    scale: 'log',
  },
  deadFraction: {
    title: 'Dead channels',
    definition: 'share of a ReLU’s channels that are 0 for every image and position of the batch',
    scale: 'linear',
  },
  zeroFraction: {
    title: 'Zero outputs',
    definition: 'share of all outputs of a ReLU that are 0',
    scale: 'linear',
  },
  batchNormVariance: {
    title: 'Running variance',
    definition: 'mean of a batch norm’s running variances over its channels',
    scale: 'log',
  },
  batchNormVarianceMin: {
    title: 'Smallest running variance',
    definition: 'smallest of a batch norm’s running variances over its channels',
    scale: 'log',
  },
};

/** A value as it is read: a share in percent, all else to four digits. */
export function formatQuantity(quantity: LayerQuantity, value: number, digits = 4): string {
  if (QUANTITY_FACTS[quantity].scale === 'log' || !Number.isFinite(value)) return formatMeasurement(value, digits);
  return `${formatMeasurement(value * 100, digits)} %`;
}

/** ||update|| / ||weights|| of each tensor; NaN where both are 0. */
export function updateRatios(updateNorms: Float32Array, weightNorms: Float32Array): Float32Array {
  return updateNorms.map((norm, index) => norm / weightNorms[index]!);
}
