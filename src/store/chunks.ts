/** Steps of one closed segment: the unit that is packed, hashed and verified. Chunks never cross its border. */
export const SEGMENT_STEPS = 1000;

/** Steps of one packed row of raw gradient norms (1.2 MB for 3,000 layers). */
export const NORM_CHUNK_STEPS = 100;

/** Steps per row of the norm maxima that are kept beside the raw norms, so that a long run's map is read fast. */
export const PEAK_STRIDES = [10, 100] as const;

/** The first step of the segment that a step lies in. Steps count from 1. */
export function segmentStart(step: number): number {
  return step - ((step - 1) % SEGMENT_STEPS);
}

/** The bytes of float32 values, little-endian as every platform that Depthlab runs on. No copy. */
export function toBytes(values: Float32Array): Buffer {
  return Buffer.from(values.buffer, values.byteOffset, values.byteLength);
}

/** The float32 values of a chunk; a copy, so that they are aligned and outlive the row. */
export function toFloats(bytes: Buffer): Float32Array {
  const values = new Float32Array(bytes.byteLength / 4);
  toBytes(values).set(bytes);
  return values;
}

/** Cuts `count` steps from `firstStep` where a segment ends. */
export function pieces(firstStep: number, count: number): { firstStep: number; count: number }[] {
  const result = [];
  const end = firstStep + count;
  for (let start = firstStep; start < end;) {
    const next = Math.min(end, segmentStart(start) + SEGMENT_STEPS);
    result.push({ firstStep: start, count: next - start });
    start = next;
  }
  return result;
}

/**
 * The largest norm of each layer per `stride` rows. `norms` is [rows, layers]; the result [ceil(rows / stride), layers].
 * NaN is larger than everything: one NaN among the rows is what a user must see.
 */
export function peaks(norms: Float32Array, layers: number, stride: number): Float32Array {
  const rows = layers === 0 ? 0 : norms.length / layers;
  const result = new Float32Array(Math.ceil(rows / stride) * layers).fill(-Infinity);
  for (let row = 0; row < rows; row += 1) {
    mergePeak(result, Math.floor(row / stride) * layers, norms, row * layers, layers);
  }
  return result;
}

/** Merges one row of norms into a row of maxima; NaN wins. */
export function mergePeak(
  target: Float32Array,
  targetOffset: number,
  source: Float32Array,
  sourceOffset: number,
  layers: number,
): void {
  for (let layer = 0; layer < layers; layer += 1) {
    const value = source[sourceOffset + layer]!;
    if (value > target[targetOffset + layer]! || Number.isNaN(value)) target[targetOffset + layer] = value;
  }
}
