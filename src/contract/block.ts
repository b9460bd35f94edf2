import * as v from 'valibot';
import { wholeNumber } from './numbers.ts';

/** Residual unit: two 3x3 convolutions (`basic`), or 1x1, 3x3, 1x1 with expansion 4 (`bottleneck`). */
export const BlockKind = v.picklist(['basic', 'bottleneck']);
export type BlockKind = v.InferOutput<typeof BlockKind>;

/** Where a unit normalises and activates: He et al. 2016, table 2 and figure 4. */
export const ActivationOrder = v.picklist([
  /** V1: BN and ReLU after each convolution, the last ReLU after the addition. */
  'original',
  'bn-after-addition',
  'relu-before-addition',
  'relu-only-preactivation',
  /** V2: BN and ReLU before each convolution. */
  'full-preactivation',
]);
export type ActivationOrder = v.InferOutput<typeof ActivationOrder>;

/** The orders that activate before the first convolution, so that nothing follows the addition. */
export function isPreactivation(order: ActivationOrder): boolean {
  return order === 'relu-only-preactivation' || order === 'full-preactivation';
}

/** What carries x past the residual branch: He et al. 2015, section 4.1; He et al. 2016, table 1 and figure 2. */
export const ShortcutKind = v.picklist([
  /** x itself, and a 1x1 convolution where shapes change (option B). */
  'identity',
  /** x itself, and where shapes change every second pixel of x with zeros for the new channels (option A). */
  'zero-padding',
  /** A 1x1 convolution in every unit (option C). */
  'projection',
  /** Both branches times 0.5. */
  'constant-scaling',
  /** With g = sigmoid(Wg x + bg): the residual branch times g, the shortcut times 1 - g. */
  'exclusive-gating',
  /** The shortcut times 1 - g; the residual branch as it is. */
  'shortcut-only-gating',
  /** Half of the shortcut's elements, drawn anew in each step; half of each in evaluation. */
  'dropout',
]);
export type ShortcutKind = v.InferOutput<typeof ShortcutKind>;

/** Squeeze and excitation: the branch's channels over those between its two dense layers (Hu et al. 2017, equation 3). */
export const SqueezeReduction = wholeNumber('The reduction of squeeze and excitation', 1, 1024);
