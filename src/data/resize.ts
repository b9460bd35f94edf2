/** A picture, row-major [height, width, channels]. */
export interface Picture {
  readonly height: number;
  readonly width: number;
  readonly channels: number;
  readonly pixels: Uint8Array | Float32Array;
}

/**
 * The largest centred part of a picture that has the wanted sides' ratio, resampled to them by a triangle filter as wide as
 * the step between samples, so that making it smaller does not alias (as Pillow's BILINEAR does).
 */
export function cropAndResize(picture: Picture, height: number, width: number): Picture {
  const scale = Math.min(picture.height / height, picture.width / width);
  const rows = samplesOf(picture.height, height, scale);
  const columns = samplesOf(picture.width, width, scale);
  const narrow = resample(picture.pixels, picture.height, picture.width, picture.channels, columns);
  const pixels = resample(narrow, 1, picture.height, width * picture.channels, rows);
  return { height, width, channels: picture.channels, pixels };
}

/** The sources of one output sample and their shares, which sum to 1. */
interface Sample {
  readonly first: number;
  readonly shares: readonly number[];
}

function samplesOf(size: number, wanted: number, scale: number): Sample[] {
  const start = (size - wanted * scale) / 2;
  const reach = Math.max(scale, 1);
  return Array.from({ length: wanted }, (_, index) => {
    const centre = start + (index + 0.5) * scale;
    const first = Math.max(0, Math.floor(centre - reach + 0.5));
    const last = Math.min(size, Math.floor(centre + reach + 0.5));
    const weights = Array.from({ length: last - first }, (__, place) =>
      Math.max(0, 1 - Math.abs(first + place + 0.5 - centre) / reach),
    );
    const total = weights.reduce((sum, weight) => sum + weight, 0);
    return { first, shares: weights.map((weight) => weight / total) };
  });
}

/** Resamples the middle axis of [outer, size, inner]. */
function resample(
  values: Uint8Array | Float32Array,
  outer: number,
  size: number,
  inner: number,
  samples: readonly Sample[],
): Float32Array {
  const result = new Float32Array(outer * samples.length * inner);
  for (let block = 0; block < outer; block += 1) {
    samples.forEach(({ first, shares }, place) => {
      const to = (block * samples.length + place) * inner;
      shares.forEach((share, offset) => {
        const from = (block * size + first + offset) * inner;
        for (let index = 0; index < inner; index += 1) result[to + index]! += share * values[from + index]!;
      });
    });
  }
  return result;
}
