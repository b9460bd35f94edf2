/** Loss and accuracy of the training images seen since the epoch began, each image counting the same. */
export interface EpochAverage {
  add(loss: number, correct: number, images: number): void;
  /** The averages so far; starts anew. */
  take(): { trainLoss: number; trainAccuracy: number };
}

export function createEpochAverage(): EpochAverage {
  let lossSum = 0;
  let correctSum = 0;
  let seen = 0;
  return {
    add(loss, correct, images) {
      lossSum += loss * images;
      correctSum += correct;
      seen += images;
    },
    take() {
      const averages = { trainLoss: lossSum / seen, trainAccuracy: correctSum / seen };
      lossSum = correctSum = seen = 0;
      return averages;
    },
  };
}
