import { SAMPLE_HEAD, WEIGHT_BITS } from './kernel.ts';

/** Along one side of a picture: what of it is resampled, and to how many pixels. */
export interface Side {
  /** Of the picture, in pixels. */
  readonly size: number;
  /** The part that is resampled, in pixels; it may begin and end within one. */
  readonly start: number;
  readonly length: number;
  readonly wanted: number;
  /** Whether the samples are in the opposite order. */
  readonly mirrored: boolean;
}

/** The samples of a side as the kernel reads them, one after another in 32-bit integers. */
export interface Samples {
  readonly integers: Int32Array;
  /** From a sample to the next, in bytes. */
  readonly step: number;
}

/**
 * The sources of each sample and their weights: a triangle filter as wide as the step between samples, so that making a picture
 * smaller does not alias. `unit` is the bytes from a source to the next. Source: Pillow's `precompute_coeffs` with BILINEAR.
 */
export function samplesOf({ size, start, length, wanted, mirrored }: Side, unit: number): Samples {
  const scale = length / wanted;
  const reach = Math.max(scale, 1);
  const most = Math.ceil(reach) * 2 + 1;
  const step = SAMPLE_HEAD / 4 + most;
  const integers = new Int32Array(wanted * step);
  const weights = new Float64Array(most);
  for (let index = 0; index < wanted; index += 1) {
    const centre = start + (index + 0.5) * scale;
    const first = Math.max(0, Math.floor(centre - reach + 0.5));
    const count = Math.min(size, Math.floor(centre + reach + 0.5)) - first;
    let total = 0;
    for (let place = 0; place < count; place += 1) {
      weights[place] = Math.max(0, 1 - Math.abs((first + place + 0.5 - centre) / reach));
      total += weights[place]!;
    }
    const at = (mirrored ? wanted - 1 - index : index) * step;
    integers[at] = first * unit;
    integers[at + 1] = count * 4;
    for (let place = 0; place < count; place += 1)
      integers[at + SAMPLE_HEAD / 4 + place] = Math.round((weights[place]! / total) * 2 ** WEIGHT_BITS);
  }
  return { integers, step: step * 4 };
}
