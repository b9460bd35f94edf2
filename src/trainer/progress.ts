import { createEpochAverage, NOTHING_SEEN, type EpochAverage, type EpochSums } from './epochAverage.ts';

/** What a checkpoint keeps beside the session's state, so that a run goes on as if it had never rested. */
export interface KeptProgress {
  readonly epochSums: EpochSums;
  /** Rollbacks made, each of which made the rate smaller. */
  readonly rollbacks: number;
}

export const NO_PROGRESS: KeptProgress = { epochSums: NOTHING_SEEN, rollbacks: 0 };

/** Where a run stands beside its weights and its step. */
export interface Progress {
  readonly average: EpochAverage;
  rollbacks: number;
  kept(): KeptProgress;
}

export function createProgress({ epochSums, rollbacks }: KeptProgress): Progress {
  const average = createEpochAverage();
  average.restore(epochSums);
  return {
    average,
    rollbacks,
    kept() {
      return { epochSums: average.sums(), rollbacks: this.rollbacks };
    },
  };
}
