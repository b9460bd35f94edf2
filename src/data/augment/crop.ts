import type { NetworkInput } from '../../contract/network.ts';
import type { Draws } from '../draws.ts';

/** Pixels of padding on each side: 4 (He et al. 2015, section 4.2), or 1/8 of the shorter side if that is less. */
export function cropPadding({ height, width }: Pick<NetworkInput, 'height' | 'width'>): number {
  return Math.min(4, Math.floor(Math.min(height, width) / 8));
}

/** How one image is changed: moved by whole pixels, black coming in at the border, and then mirrored or not. */
export interface Change {
  /** The pixel at (row, column) comes from (row + down, column + right) of the image; -padding ... padding. */
  readonly down: number;
  readonly right: number;
  readonly mirrored: boolean;
}

/**
 * Random crop of the padded image and a horizontal flip (He et al. 2015, section 4.2).
 * @param image the image's position in the data set: its change in an epoch depends on neither batch nor order.
 */
export function drawChange(draws: Draws, image: number, padding: number, flipAllowed: boolean): Change {
  const side = 2 * padding + 1;
  const crop = draws.below(side * side, image, 'crop');
  return {
    down: Math.floor(crop / side) - padding,
    right: (crop % side) - padding,
    mirrored: flipAllowed && draws.below(2, image, 'flip') === 1,
  };
}

/**
 * Writes a changed image into `target` at `offset`; `source` is the image alone, [height, width, channels].
 * What lies outside the image is 0, as in the papers' code.
 */
export function writeChanged(
  source: Uint8Array,
  { height, width, channels }: NetworkInput,
  { down, right, mirrored }: Change,
  target: Uint8Array,
  offset: number,
): void {
  target.fill(0, offset, offset + height * width * channels);
  const firstColumn = Math.max(0, -right);
  const endColumn = Math.min(width, width - right);
  for (let row = Math.max(0, -down); row < Math.min(height, height - down); row++) {
    const from = ((row + down) * width + right) * channels;
    const to = offset + row * width * channels;
    if (!mirrored) {
      const pixels = source.subarray(from + firstColumn * channels, from + endColumn * channels);
      target.set(pixels, to + firstColumn * channels);
      continue;
    }
    for (let column = firstColumn; column < endColumn; column++) {
      const pixel = from + column * channels;
      const mirror = to + (width - 1 - column) * channels;
      for (let channel = 0; channel < channels; channel++) target[mirror + channel] = source[pixel + channel]!;
    }
  }
}
