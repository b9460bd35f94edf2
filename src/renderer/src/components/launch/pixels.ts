import type { NetworkInput } from '../../../../contract/network.ts';

/** An image of 1 or 3 channels (height, width, channels; 0 to 255) as a canvas takes it: red, green, blue, opacity. */
export function toRgba(
  image: Uint8Array,
  { height, width, channels }: Pick<NetworkInput, 'height' | 'width' | 'channels'>,
): Uint8ClampedArray<ArrayBuffer> {
  const pixels = new Uint8ClampedArray(height * width * 4);
  for (let pixel = 0; pixel < height * width; pixel += 1) {
    for (let colour = 0; colour < 3; colour += 1) {
      pixels[4 * pixel + colour] = image[channels * pixel + Math.min(colour, channels - 1)]!;
    }
    pixels[4 * pixel + 3] = 255;
  }
  return pixels;
}
