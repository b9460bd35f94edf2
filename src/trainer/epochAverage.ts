/** Sums over the training images seen since the epoch began. */
export interface EpochSums {
  readonly loss: number;
  readonly correct: number;
  readonly images: number;
}

export const NOTHING_SEEN: EpochSums = { loss: 0, correct: 0, images: 0 };

/** Loss and accuracy of the training images seen since the epoch began, each image counting the same. */
export interface EpochAverage {
  add(loss: number, correct: number, images: number): void;
  /** The averages so far; starts anew. */
  take(): { trainLoss: number; trainAccuracy: number };
  /** What a checkpoint keeps of it. */
  sums(): EpochSums;
  restore(sums: EpochSums): void;
}

export function createEpochAverage(): EpochAverage {
  let sums = NOTHING_SEEN;
  return {
    add(loss, correct, images) {
      sums = { loss: sums.loss + loss * images, correct: sums.correct + correct, images: sums.images + images };
    },
    take() {
      const averages = { trainLoss: sums.loss / sums.images, trainAccuracy: sums.correct / sums.images };
      sums = NOTHING_SEEN;
      return averages;
    },
    sums: () => sums,
    restore: (kept) => (sums = kept),
  };
}
