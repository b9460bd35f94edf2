/** Vectors end to end. */
export function joined(vectors: readonly Float32Array[]): Float32Array {
  const result = new Float32Array(vectors.reduce((size, { length }) => size + length, 0));
  vectors.reduce((offset, vector) => (result.set(vector, offset), offset + vector.length), 0);
  return result;
}
