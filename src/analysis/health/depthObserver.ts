import type { DepthFall } from './depthFall.ts';
import type { Observer } from './rule.ts';
import { createStreak } from './streak.ts';
import { twoDigits } from './twoDigits.ts';

/** Steps in a row before norms over depth are called anything: about half an epoch of the digits. */
export const DEPTH_HOLD_STEPS = 10;

/** How a rule over depth reads `DepthFall`. */
interface Direction {
  /** The factor that has a threshold; large is bad. */
  readonly factor: (fall: DepthFall) => number;
  readonly threshold: number;
  readonly layer: (fall: DepthFall) => number;
  readonly verb: 'fall' | 'grow';
}

/** Watches a factor between the norms at both ends of the network. */
export function observeDepth({ factor, threshold, layer, verb }: Direction): Observer {
  const streak = createStreak<DepthFall>(DEPTH_HOLD_STEPS);
  let worst: { readonly step: number; readonly fall: DepthFall } | null = null;
  return {
    take({ step, fall }) {
      streak.see(step, fall !== null && factor(fall) > threshold ? fall : null);
      if (fall !== null && (worst === null || factor(fall) > factor(worst.fall))) worst = { step, fall };
    },
    sighting() {
      const found = streak.found();
      if (found === null || worst === null) return null;
      const { first, firstStep } = found;
      const most = `, most by a factor of ${twoDigits(factor(worst.fall))} in step ${worst.step}`;
      return {
        ...found,
        layer: layer(first),
        measured: factor(first),
        sentence:
          `Norms ${verb} by a factor of ${twoDigits(factor(first))} from the loss to the image in step ${firstStep} ` +
          `(median ${twoDigits(first.loss)} in the last ${convolutions(first.size)}, ` +
          `${twoDigits(first.image)} in the first)${worst.step === firstStep ? '' : most}`,
      };
    },
    nearest: () =>
      worst === null
        ? 'No two ends of the network to compare'
        : `Norms ${verb} by at most a factor of ${twoDigits(Math.max(1, factor(worst.fall)))} from the loss to the image (step ${worst.step})`,
  };
}

function convolutions(size: number): string {
  return size === 1 ? 'convolution' : `${size} convolutions`;
}
