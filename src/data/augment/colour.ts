/** Colours of an image [height, width, 3] of bytes, changed in place. */

/** How far brightness, contrast and saturation go, as in fb.resnet.torch: factors from 1 - 0.4 to 1 + 0.4. */
const JITTER = 0.4;
/** Deviation of the lighting's coefficients (Krizhevsky et al. 2012, section 4.1). */
const LIGHTING = 0.1;
/** ITU-R BT.601, as Pillow's and torchvision's greys. */
export const GREY = [0.299, 0.587, 0.114] as const;

/** Of the pixels of ImageNet's training images in 0 ... 1, from fb.resnet.torch (datasets/imagenet.lua). */
const EIGENVALUES = [0.2175, 0.0188, 0.0045] as const;
const EIGENVECTORS = [
  [-0.5675, 0.7192, 0.4009],
  [-0.5808, -0.0045, -0.814],
  [-0.5836, -0.6948, 0.4203],
] as const;

type Random = () => number;

/** Brightness, contrast and saturation, each by a factor of its own, in a random order. */
export function jitterColours(pixels: Uint8Array, random: Random): void {
  const changes = [blendWithBlack, blendWithMeanGrey, blendWithGrey];
  const order = [0, 1, 2];
  for (let last = 2; last > 0; last -= 1) {
    const other = Math.floor(random() * (last + 1));
    [order[last], order[other]] = [order[other]!, order[last]!];
  }
  for (const index of order) changes[index]!(pixels, 1 + JITTER * (2 * random() - 1));
}

/** Adds a random multiple of each principal component of the colours to all pixels (Krizhevsky et al. 2012, section 4.1). */
export function changeLighting(pixels: Uint8Array, random: Random): void {
  const weights = EIGENVALUES.map((value) => LIGHTING * gaussian(random) * value * 255);
  const shift = EIGENVECTORS.map((row) => row.reduce((sum, entry, index) => sum + entry * weights[index]!, 0));
  for (let index = 0; index < pixels.length; index += 1) pixels[index] = toByte(pixels[index]! + shift[index % 3]!);
}

/** Brightness: 0 gives black, 1 the image. */
export function blendWithBlack(pixels: Uint8Array, factor: number): void {
  for (let index = 0; index < pixels.length; index += 1) pixels[index] = toByte(factor * pixels[index]!);
}

/** Contrast: 0 gives a grey of the image's mean, 1 the image. */
export function blendWithMeanGrey(pixels: Uint8Array, factor: number): void {
  let sum = 0;
  for (let pixel = 0; pixel < pixels.length; pixel += 3) sum += greyAt(pixels, pixel);
  const mean = (3 * sum) / pixels.length;
  for (let index = 0; index < pixels.length; index += 1) {
    pixels[index] = toByte(mean + factor * (pixels[index]! - mean));
  }
}

/** Saturation: 0 gives a grey image, 1 the image. */
export function blendWithGrey(pixels: Uint8Array, factor: number): void {
  for (let pixel = 0; pixel < pixels.length; pixel += 3) {
    const grey = greyAt(pixels, pixel);
    for (let channel = pixel; channel < pixel + 3; channel += 1) {
      pixels[channel] = toByte(grey + factor * (pixels[channel]! - grey));
    }
  }
}

export function greyAt(pixels: Uint8Array, pixel: number): number {
  return GREY[0] * pixels[pixel]! + GREY[1] * pixels[pixel + 1]! + GREY[2] * pixels[pixel + 2]!;
}

export function toByte(value: number): number {
  return value <= 0 ? 0 : value >= 255 ? 255 : Math.round(value);
}

/** Box and Muller 1958, one of the two numbers. */
export function gaussian(random: Random): number {
  return Math.sqrt(-2 * Math.log(1 - random())) * Math.cos(2 * Math.PI * random());
}
