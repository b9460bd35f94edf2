import { blendWithBlack, blendWithGrey, blendWithMeanGrey, toByte } from './colour.ts';

/**
 * RandAugment (Cubuk et al. 2020): a few operations in a row, each drawn evenly from 14, all at one magnitude of 0 to 30. The
 * strengths are those of torchvision (transforms/autoaugment.py, `RandAugment`), which follow the paper's code.
 */

type Random = () => number;

/** An image of bytes, changed in place. */
export interface Image {
  readonly pixels: Uint8Array;
  readonly height: number;
  readonly width: number;
  readonly channels: number;
}

export const MAX_MAGNITUDE = 30;

type Operation = (image: Image, strength: number, random: Random) => void;

const OPERATIONS: readonly Operation[] = [
  () => undefined,
  (image, strength, random) => warp(image, { down: 0, right: 0, across: signed(0.3 * strength, random), along: 0 }),
  (image, strength, random) => warp(image, { down: 0, right: 0, across: 0, along: signed(0.3 * strength, random) }),
  (image, strength, random) => {
    const right = Math.trunc(signed((150 / 331) * image.width * strength, random));
    warp(image, { down: 0, right, across: 0, along: 0 });
  },
  (image, strength, random) => {
    const down = Math.trunc(signed((150 / 331) * image.height * strength, random));
    warp(image, { down, right: 0, across: 0, along: 0 });
  },
  (image, strength, random) => rotate(image, (signed(30 * strength, random) * Math.PI) / 180),
  (image, strength, random) => blendWithBlack(image.pixels, 1 + signed(0.9 * strength, random)),
  (image, strength, random) => onColours(image, blendWithGrey, 1 + signed(0.9 * strength, random)),
  (image, strength, random) => onColours(image, blendWithMeanGrey, 1 + signed(0.9 * strength, random)),
  (image, strength, random) => sharpen(image, 1 + signed(0.9 * strength, random)),
  (image, strength) => posterise(image, 8 - Math.round(4 * strength)),
  (image, strength) => solarise(image, 255 * (1 - strength)),
  (image) => stretchContrast(image),
  (image) => equalise(image),
];

/** Changes an image by `operations` of them. @param magnitude 0 to 30 */
export function randAugment(image: Image, operations: number, magnitude: number, random: Random): void {
  for (let made = 0; made < operations; made += 1) {
    const operation = OPERATIONS[Math.floor(random() * OPERATIONS.length)]!;
    operation(image, magnitude / MAX_MAGNITUDE, random);
  }
}

function signed(value: number, random: Random): number {
  return random() < 0.5 ? -value : value;
}

/** On images of one channel the colours are greys already: contrast is taken from their own mean. */
function onColours(image: Image, blend: (pixels: Uint8Array, factor: number) => void, factor: number): void {
  if (image.channels === 3) return blend(image.pixels, factor);
  if (blend !== blendWithMeanGrey) return;
  const mean = image.pixels.reduce((sum, pixel) => sum + pixel, 0) / image.pixels.length;
  image.pixels.forEach((pixel, index) => (image.pixels[index] = toByte(mean + factor * (pixel - mean))));
}

interface Shift {
  /** Pixels. */
  readonly down: number;
  readonly right: number;
  /** Shear: columns a row, and rows a column, about the upper left corner as Pillow has it. */
  readonly across: number;
  readonly along: number;
}

/** The pixel at (row, column) comes from the nearest one at the shifted and sheared place; black from outside. */
function warp(image: Image, { down, right, across, along }: Shift): void {
  resample(image, (row, column) => [row + down + along * column, column + right + across * row]);
}

/** About the middle of the image. */
function rotate(image: Image, angle: number): void {
  const [middleRow, middleColumn] = [(image.height - 1) / 2, (image.width - 1) / 2];
  const [cosine, sine] = [Math.cos(angle), Math.sin(angle)];
  resample(image, (row, column) => {
    const [y, x] = [row - middleRow, column - middleColumn];
    return [middleRow + cosine * y - sine * x, middleColumn + sine * y + cosine * x];
  });
}

function resample(
  { pixels, height, width, channels }: Image,
  placeOf: (row: number, column: number) => readonly [number, number],
): void {
  const source = pixels.slice();
  for (let row = 0; row < height; row += 1) {
    for (let column = 0; column < width; column += 1) {
      const [y, x] = placeOf(row, column);
      const [fromRow, fromColumn] = [Math.round(y), Math.round(x)];
      const isInside = fromRow >= 0 && fromRow < height && fromColumn >= 0 && fromColumn < width;
      const from = (fromRow * width + fromColumn) * channels;
      const to = (row * width + column) * channels;
      for (let channel = 0; channel < channels; channel += 1) {
        pixels[to + channel] = isInside ? source[from + channel]! : 0;
      }
    }
  }
}

/** Blends with Pillow's smoothed image (a 3x3 window of ones, the middle 5; the border as it is): 0 smoothed, 1 the image. */
function sharpen({ pixels, height, width, channels }: Image, factor: number): void {
  const source = pixels.slice();
  const line = width * channels;
  for (let row = 1; row < height - 1; row += 1) {
    for (let index = row * line + channels; index < (row + 1) * line - channels; index += 1) {
      let sum = 4 * source[index]!;
      for (const beside of [-line, 0, line]) {
        for (const step of [-channels, 0, channels]) sum += source[index + beside + step]!;
      }
      const smooth = Math.round(sum / 13);
      pixels[index] = toByte(smooth + factor * (source[index]! - smooth));
    }
  }
}

/** Keeps the upper bits of each byte. */
function posterise({ pixels }: Image, bits: number): void {
  const mask = (0xff << (8 - bits)) & 0xff;
  pixels.forEach((pixel, index) => (pixels[index] = pixel & mask));
}

/** Turns what is at least as bright as the threshold into its negative. */
function solarise({ pixels }: Image, threshold: number): void {
  pixels.forEach((pixel, index) => (pixels[index] = pixel >= threshold ? 255 - pixel : pixel));
}

/** Stretches each channel to 0 ... 255. */
function stretchContrast({ pixels, channels }: Image): void {
  for (let channel = 0; channel < channels; channel += 1) {
    let [least, most] = [255, 0];
    for (let index = channel; index < pixels.length; index += channels) {
      least = Math.min(least, pixels[index]!);
      most = Math.max(most, pixels[index]!);
    }
    if (most <= least) continue;
    const scale = 255 / (most - least);
    for (let index = channel; index < pixels.length; index += channels) {
      pixels[index] = toByte((pixels[index]! - least) * scale);
    }
  }
}

/** Spreads each channel's values evenly, as Pillow's `ImageOps.equalize`. */
function equalise({ pixels, channels }: Image): void {
  for (let channel = 0; channel < channels; channel += 1) {
    const histogram = new Uint32Array(256);
    for (let index = channel; index < pixels.length; index += channels) histogram[pixels[index]!]! += 1;
    const used = histogram.filter((count) => count > 0);
    const step = Math.floor((pixels.length / channels - used.at(-1)!) / 255);
    if (used.length <= 1 || step === 0) continue;
    let seen = step >> 1;
    const table = histogram.map((count) => {
      const value = Math.min(255, Math.floor(seen / step));
      seen += count;
      return value;
    });
    for (let index = channel; index < pixels.length; index += channels) pixels[index] = table[pixels[index]!]!;
  }
}
