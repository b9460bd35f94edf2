import type { NetworkInput } from '../../../../contract/network.ts';

/** One image of a batch [count, height, width, channels] as a canvas takes it; a single channel is a grey. */
export function rgbaOf(
  images: Uint8Array,
  index: number,
  { height, width, channels }: Pick<NetworkInput, 'height' | 'width' | 'channels'>,
): Uint8ClampedArray<ArrayBuffer> {
  const rgba = new Uint8ClampedArray(height * width * 4);
  const start = index * height * width * channels;
  for (let pixel = 0; pixel < height * width; pixel += 1) {
    const from = start + pixel * channels;
    for (let colour = 0; colour < 3; colour += 1) {
      rgba[4 * pixel + colour] = images[from + Math.min(colour, channels - 1)]!;
    }
    rgba[4 * pixel + 3] = 255;
  }
  return rgba;
}
