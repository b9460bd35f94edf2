/** Gathers the mean and the standard deviation (of the population) of each channel, image by image. */
export interface ChannelStatistics {
  /** `pixels`: [..., channels] */
  add(pixels: Uint8Array): void;
  /** A constant channel's deviation is 1. */
  result(): { mean: number[]; std: number[] };
}

export function createChannelStatistics(channels: number): ChannelStatistics {
  // Sums of bytes and of their squares are exact: 2^53 is out of reach.
  const sums = new Float64Array(channels);
  const squares = new Float64Array(channels);
  let pixelCount = 0;
  return {
    add: (pixels) => {
      pixelCount += pixels.length / channels;
      for (let channel = 0; channel < channels; channel += 1) {
        let sum = 0;
        let square = 0;
        for (let index = channel; index < pixels.length; index += channels) {
          const value = pixels[index]!;
          sum += value;
          square += value * value;
        }
        sums[channel]! += sum;
        squares[channel]! += square;
      }
    },
    result: () => {
      const mean = Array.from(sums, (sum) => sum / pixelCount);
      const std = Array.from(squares, (square, channel) => {
        const variance = Math.max(0, square / pixelCount - mean[channel]! ** 2);
        return variance === 0 ? 1 : Math.sqrt(variance);
      });
      return { mean, std };
    },
  };
}
