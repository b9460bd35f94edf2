import { DEPTH_HOLD_STEPS, observeDepth } from './depthObserver.ts';
import type { HealthRule } from './rule.ts';

/** Image end over loss end; a network with more residual units may grow by the square of their number. */
export const EXPLODING_FACTOR = 1000;

export const explodingOverDepth: HealthRule = {
  id: 'exploding-over-depth',
  fault: 'exploding',
  title: 'Exploding over depth',
  statement:
    `The median gradient norm of the tenth of the convolutions nearest the image is more than ${EXPLODING_FACTOR} times (or the square of ` +
    'the number of residual units, where that is more) that of the tenth nearest the loss, ' +
    `for ${DEPTH_HOLD_STEPS} steps in a row`,
  reason:
    'Gradients often grow as a power of the depth in residual networks, and exponentially in plain ones (Yang and Schoenholz 2017), so the ' +
    'threshold is a power too. In 20 healthy digits runs of 8 to 44 layers the factor was never above 22; in ResNet-1001 V2, with ' +
    '333 units, it begins at 7,000 to 13,000',
  advice: ['identity', 'clip', 'warmup', 'rate', 'preactivation'],
  needs: () => DEPTH_HOLD_STEPS,
  observe: ({ layers }) =>
    observeDepth({
      factor: ({ ratio }) => ratio,
      threshold: explodingThreshold(layers),
      layer: ({ largest }) => largest,
      verb: 'grow',
    }),
};

/** The factor above which norms explode, for a network with these parameter tensors. */
export function explodingThreshold(layers: readonly string[]): number {
  const units = new Set(
    layers.map((name) => /^stage\d+\.unit\d+/.exec(name)?.[0]).filter((unit) => unit !== undefined),
  );
  return Math.max(EXPLODING_FACTOR, units.size ** 2);
}
