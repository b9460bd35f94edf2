/** Entries of the scale's table. */
export const COLOURS = 256;

/**
 * Viridis (van der Walt and Smith 2015, CC0) as the polynomials of degree 6 that Zucker fitted to it (CC0, Shadertoy
 * WlfXRN): perceptually even, ordered in greyscale, told apart by every kind of colour vision.
 */
const VIRIDIS = [
  [
    0.2777273272234177, 0.1050930431085774, -0.3308618287255563, -4.634230498983486, 6.228269936347081,
    4.776384997670288, -5.435455855934631,
  ],
  [
    0.005407344544966578, 1.404613529898575, 0.214847559468213, -5.799100973351585, 14.17993336680509,
    -13.74514537774601, 4.645852612178535,
  ],
  [
    0.3340998053353061, 1.384590162594685, 0.09509516302823659, -19.33244095627987, 56.69055260068105,
    -65.35303263337234, 26.3124352495832,
  ],
] as const;

/** A norm that is not finite; no colour of the scale is near it. */
export const NOT_FINITE_COLOUR = '#ff2e63';
/** A norm of 0: a gradient that is gone, or has fallen below what a float32 holds. */
export const ZERO_COLOUR = '#8d939c';

/** The colour at a place on the scale, 0 (smallest) to 1 (largest), as `#rrggbb`. */
export function scaleColour(place: number): string {
  return `#${channelsAt(place)
    .map((channel) => channel.toString(16).padStart(2, '0'))
    .join('')}`;
}

/** The scale's entries, then zero, then not finite, each as one 32-bit pixel of an ImageData. */
export function pixelTable(): Uint32Array {
  const bytes = new Uint8ClampedArray(4 * (COLOURS + 2));
  for (let entry = 0; entry < COLOURS; entry += 1) bytes.set([...channelsAt(entry / (COLOURS - 1)), 255], 4 * entry);
  bytes.set([...channelsOf(ZERO_COLOUR), 255], 4 * ZERO_ENTRY);
  bytes.set([...channelsOf(NOT_FINITE_COLOUR), 255], 4 * NOT_FINITE_ENTRY);
  return new Uint32Array(bytes.buffer);
}

export const NOT_FINITE_ENTRY = COLOURS + 1;
export const ZERO_ENTRY = NOT_FINITE_ENTRY - 1;

function channelsAt(place: number): number[] {
  const x = Math.min(1, Math.max(0, place));
  return VIRIDIS.map((factors) => {
    const value = factors.reduceRight((sum, factor) => sum * x + factor, 0);
    return Math.round(255 * Math.min(1, Math.max(0, value)));
  });
}

function channelsOf(hex: string): number[] {
  const value = parseInt(hex.slice(1), 16);
  return [value >> 16, (value >> 8) & 255, value & 255];
}
