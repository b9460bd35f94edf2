import { epochOrder } from './epochOrder.ts';

/** Which of the training images a run trains on, and which are held out. Both ascending; each image is in one of them. */
export interface TrainingSplit {
  readonly train: Uint32Array;
  readonly validation: Uint32Array;
}

/** No run trains an epoch of this number: the draws of a split are never those of an epoch's order. */
const BEFORE_ALL_EPOCHS = 0;

/**
 * Holds out `heldOut` of the training images, stratified: each class gives its share of them, rounded down, and the classes
 * with the largest remainders give one more (equal remainders: the lower class first). Which images of a class they are
 * follows from the seed alone, so that all runs with one split seed hold out the same ones, whatever their own seed.
 * @param labels [images], 0 to `classes` - 1
 */
export function splitTraining(labels: Int32Array, classes: number, heldOut: number, seed: number): TrainingSplit {
  const left = classQuotas(labels, classes, heldOut);
  const isHeldOut = new Uint8Array(labels.length);
  for (const image of epochOrder(seed, BEFORE_ALL_EPOCHS, labels.length)) {
    const label = labels[image]!;
    const wanted = left[label]!;
    if (wanted === 0) continue;
    left[label] = wanted - 1;
    isHeldOut[image] = 1;
  }
  const images = Uint32Array.from({ length: labels.length }, (_, image) => image);
  return {
    train: images.filter((image) => isHeldOut[image] === 0),
    validation: images.filter((image) => isHeldOut[image] === 1),
  };
}

/** How many images of each class are held out, by the method of largest remainders. [classes] */
function classQuotas(labels: Int32Array, classes: number, heldOut: number): number[] {
  const counts = Array.from({ length: classes }, () => 0);
  for (const label of labels) counts[label]! += 1;
  // Whole numbers throughout: a class's share is count * heldOut / images, its remainder counts in 1 / images.
  const quotas = counts.map((count) => Math.floor((count * heldOut) / labels.length));
  const remainders = counts.map((count) => (count * heldOut) % labels.length);
  const missing = heldOut - quotas.reduce((sum, quota) => sum + quota, 0);
  const byRemainder = counts.map((_, label) => label).sort((one, other) => remainders[other]! - remainders[one]!);
  for (const label of byRemainder.slice(0, missing)) quotas[label]! += 1;
  return quotas;
}
