import type { NetworkInput } from '../../contract/network.ts';
import type { BatchMemory } from '../pipeline/batch.ts';
import { gaussian } from './colour.ts';

type Random = () => number;

export interface MixingRecipe {
  readonly mixup: number | null;
  readonly cutMix: number | null;
}

/**
 * Mixes each image of a batch with its partner from the other end, in place: mixup (Zhang et al. 2018) adds them in the shares
 * lambda and 1 - lambda, CutMix (Yun et al. 2019) puts a rectangle of the partner's into it; lambda is drawn from Beta(alpha,
 * alpha), once a batch. Where both are asked for, each batch has one of them, by chance. The label that counts more comes first.
 */
export function mixBatch(
  memory: BatchMemory,
  count: number,
  input: NetworkInput,
  { mixup, cutMix }: MixingRecipe,
  random: Random,
): void {
  const isCut = cutMix !== null && (mixup === null || random() < 0.5);
  const alpha = isCut ? cutMix : mixup!;
  const lambda = beta(alpha, random);
  const share = isCut ? cutInto(memory, count, input, lambda, random) : addTo(memory, count, input, 1 - lambda);
  const labels = memory.labels.slice(0, count);
  for (let image = 0; image < count; image += 1) {
    const [own, other] = [labels[image]!, labels[count - 1 - image]!];
    const isOwnFirst = share <= 0.5;
    memory.labels[image] = isOwnFirst ? own : other;
    memory.secondLabels[image] = isOwnFirst ? other : own;
    memory.secondShares[image] = isOwnFirst ? share : 1 - share;
  }
}

/** image <- (1 - share) * image + share * partner, rounded to bytes. Gives the share. */
function addTo({ images }: BatchMemory, count: number, input: NetworkInput, share: number): number {
  forPairs(count, sizeOf(input), (one, other) => {
    const [a, b] = [images[one]!, images[other]!];
    images[one] = Math.round(a + share * (b - a));
    images[other] = Math.round(b + share * (a - b));
  });
  return share;
}

/** Swaps a rectangle between partners; gives its share of the image. */
function cutInto({ images }: BatchMemory, count: number, input: NetworkInput, lambda: number, random: Random): number {
  const { height, width, channels } = input;
  const scale = Math.sqrt(1 - lambda);
  const [boxHeight, boxWidth] = [Math.trunc(height * scale), Math.trunc(width * scale)];
  const [middleRow, middleColumn] = [Math.floor(random() * height), Math.floor(random() * width)];
  const top = Math.max(0, middleRow - (boxHeight >> 1));
  const bottom = Math.min(height, middleRow + (boxHeight >> 1));
  const left = Math.max(0, middleColumn - (boxWidth >> 1));
  const right = Math.min(width, middleColumn + (boxWidth >> 1));
  const size = sizeOf(input);
  for (let first = 0; 2 * first < count - 1; first += 1) {
    const second = count - 1 - first;
    for (let row = top; row < bottom; row += 1) {
      const [from, length] = [(row * width + left) * channels, (right - left) * channels];
      const kept = images.slice(first * size + from, first * size + from + length);
      images.copyWithin(first * size + from, second * size + from, second * size + from + length);
      images.set(kept, second * size + from);
    }
  }
  return ((bottom - top) * (right - left)) / (height * width);
}

function forPairs(count: number, size: number, change: (one: number, other: number) => void): void {
  for (let first = 0; 2 * first < count - 1; first += 1) {
    const second = count - 1 - first;
    for (let offset = 0; offset < size; offset += 1) change(first * size + offset, second * size + offset);
  }
}

function sizeOf({ height, width, channels }: NetworkInput): number {
  return height * width * channels;
}

/** Beta(alpha, alpha), from two gamma variates. */
function beta(alpha: number, random: Random): number {
  const [one, other] = [gamma(alpha, random), gamma(alpha, random)];
  return one + other === 0 ? 0.5 : one / (one + other);
}

/** Marsaglia and Tsang 2000; below 1 by the boost of their section 6. */
function gamma(shape: number, random: Random): number {
  if (shape < 1) return gamma(shape + 1, random) * (1 - random()) ** (1 / shape);
  const d = shape - 1 / 3;
  const c = 1 / Math.sqrt(9 * d);
  for (;;) {
    const x = gaussian(random);
    const v = (1 + c * x) ** 3;
    if (v > 0 && Math.log(1 - random()) < 0.5 * x * x + d - d * v + d * Math.log(v)) return d * v;
  }
}
