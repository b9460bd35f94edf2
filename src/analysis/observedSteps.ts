import type { Observe } from '../contract/recipe.ts';

/** Every step at the start is observed, where most changes, unless an interval was chosen. */
export const FIRST_OBSERVED = 50;
/** About as many observations as a run keeps at most. */
export const MOST_OBSERVED = 2000;
/** `auto` observes no more often than this: an observed step takes longer, and this is what keeps that below a share of the run. */
export const SHORTEST_INTERVAL = 20;

/** Which steps of a run are observed, from its plan alone, so that a run that is resumed observes the same ones. */
export interface ObservedSteps {
  isObserved(step: number): boolean;
  /** Every so many steps, after the first ones; null where none are observed. */
  readonly interval: number | null;
}

/**
 * `auto`: the first 50 steps, the last, and every k-th of a run of n steps, k = max(20, ceil(n / 1,949)): at most 2,000. A number:
 * every so many steps and the last.
 */
export function observedSteps(observe: Observe, totalSteps: number): ObservedSteps {
  if (observe === 'off') return { isObserved: () => false, interval: null };
  const interval =
    observe === 'auto'
      ? Math.max(SHORTEST_INTERVAL, Math.ceil(totalSteps / (MOST_OBSERVED - FIRST_OBSERVED - 1)))
      : observe;
  const firstSteps = observe === 'auto' ? FIRST_OBSERVED : 0;
  return { isObserved: (step) => step <= firstSteps || step % interval === 0 || step === totalSteps, interval };
}
