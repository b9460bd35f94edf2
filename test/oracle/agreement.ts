import { expect } from 'vitest';
import type { TensorSlice } from '../../src/engine/program.ts';
import { digest } from './numbers.ts';

/** Tensors in a few numbers each, by name, as make_fixtures.py writes them. */
export type Digests = Readonly<Record<string, readonly number[]>>;

/** Every tensor of a vector within the tolerance of what PyTorch has, both as digests; relative to the tensor's norm. */
export function expectTensors(
  values: Float32Array,
  slices: readonly TensorSlice<string>[],
  expected: Digests,
  tolerance: number,
) {
  expect(slices.map(({ name }) => name).toSorted()).toEqual(Object.keys(expected).toSorted());
  const wrong = slices.flatMap(({ name, offset, size }) => {
    const actual = digest(values.subarray(offset, offset + size));
    const wanted = expected[name]!;
    const scale = Math.max(wanted[0]!, 1e-3);
    const error = Math.max(...actual.map((value, index) => Math.abs(value - wanted[index]!) / scale));
    return error <= tolerance ? [] : [`${name}: ${error.toExponential(1)}`];
  });
  expect(wrong).toEqual([]);
}

/** Numbers within a relative tolerance. */
export function expectClose(actual: readonly number[], expected: readonly number[], tolerance: number) {
  actual.forEach((value, index) => expect(Math.abs(value / expected[index]! - 1)).toBeLessThan(tolerance));
}
