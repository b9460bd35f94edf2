/** Consecutive steps at which a condition held, once there were enough of them in a row. */
export interface Streak<Detail> {
  /** Null: it does not hold at this step. */
  see(step: number, detail: Detail | null): void;
  /** Null before it has held long enough once. `first` is what was seen at the first step of the first such streak. */
  found(): {
    readonly firstStep: number;
    readonly lastStep: number;
    readonly holds: boolean;
    readonly first: Detail;
  } | null;
}

/** One noisy step is no finding: a condition counts from its first step on as soon as it has held for `holdSteps` in a row. */
export function createStreak<Detail>(holdSteps: number): Streak<Detail> {
  let length = 0;
  let start: { readonly step: number; readonly detail: Detail } | null = null;
  let first: { readonly step: number; readonly detail: Detail } | null = null;
  let lastStep = 0;
  return {
    see(step, detail) {
      if (detail === null) {
        length = 0;
        start = null;
        return;
      }
      start ??= { step, detail };
      length += 1;
      if (length < holdSteps) return;
      first ??= start;
      lastStep = step;
    },
    found: () => first && { firstStep: first.step, lastStep, holds: length >= holdSteps, first: first.detail },
  };
}
