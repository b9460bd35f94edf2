import type { ImageSet } from './dataSet.ts';

/** Mean and standard deviation (of the population) of each channel over all pixels. A constant channel's deviation is 1. */
export function channelStatistics({ images }: ImageSet, channels: number): { mean: number[]; std: number[] } {
  const pixels = images.length / channels;
  const mean: number[] = [];
  const std: number[] = [];
  for (let channel = 0; channel < channels; channel++) {
    // Sums of bytes are exact: 2^53 is out of reach.
    let sum = 0;
    let squares = 0;
    for (let index = channel; index < images.length; index += channels) {
      const value = images[index]!;
      sum += value;
      squares += value * value;
    }
    const average = sum / pixels;
    const variance = Math.max(0, squares / pixels - average * average);
    mean.push(average);
    std.push(variance === 0 ? 1 : Math.sqrt(variance));
  }
  return { mean, std };
}
