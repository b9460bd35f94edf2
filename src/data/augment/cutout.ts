import type { Image } from './randAugment.ts';

/**
 * Covers a square of `side` pixels with the training images' mean colour, which is 0 for the network. Its middle is drawn from the
 * whole image, so that part of it may lie outside (DeVries and Taylor 2017, arXiv:1708.04552, section 3).
 * @param mean per channel, in pixel values
 */
export function cutOut(
  { pixels, height, width, channels }: Image,
  side: number,
  mean: readonly number[],
  random: () => number,
): void {
  const colour = Uint8Array.from(mean, (value) => Math.round(value));
  const top = Math.floor(random() * height) - (side >> 1);
  const left = Math.floor(random() * width) - (side >> 1);
  for (let row = Math.max(0, top); row < Math.min(height, top + side); row += 1) {
    for (let column = Math.max(0, left); column < Math.min(width, left + side); column += 1) {
      pixels.set(colour, (row * width + column) * channels);
    }
  }
}
