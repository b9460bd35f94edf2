import type { NetworkTensors } from '../engine/networkTensors.ts';
import { normalNumbers } from './random.ts';

/**
 * A random direction in the space of the weights, normalised filter by filter: d <- d ||w|| / ||d||, where a filter is the
 * part of a kernel that gives one channel, or one neuron of a dense layer. Batch norms' scales and shifts and biases have no
 * part in it. Li et al. 2018, arXiv:1712.09913, section 4, as their code has it (`--xnorm filter --xignore biasbn`).
 *
 * Each tensor is drawn by the seed, the axis and its own name, so that two networks move alike where their names and shapes
 * are the same. `parameters` and the result are [parameterCount].
 */
export function filterDirection(
  { parameters: tensors, parameterCount }: Pick<NetworkTensors, 'parameters' | 'parameterCount'>,
  parameters: Float32Array,
  { seed, axis }: { readonly seed: number; readonly axis: 'x' | 'y' },
): Float32Array {
  const direction = new Float32Array(parameterCount);
  for (const { name, role, shape, offset, size } of tensors) {
    if (role !== 'kernel') continue;
    const normal = normalNumbers(seed, `loss surface ${axis} ${name}`);
    const drawn = direction.subarray(offset, offset + size);
    for (let index = 0; index < size; index += 1) drawn[index] = normal();
    normaliseFilters(drawn, parameters.subarray(offset, offset + size), shape.at(-1)!);
  }
  return direction;
}

/** Filters lie along the last axis: element i belongs to filter i mod `filters`. */
function normaliseFilters(direction: Float32Array, weights: Float32Array, filters: number): void {
  for (let filter = 0; filter < filters; filter += 1) {
    const factor = norm(weights, filter, filters) / norm(direction, filter, filters);
    // A filter of a single weight may be drawn as 0.
    const scale = Number.isFinite(factor) ? factor : 0;
    for (let index = filter; index < direction.length; index += filters) {
      direction[index] = direction[index]! * scale;
    }
  }
}

function norm(values: Float32Array, start: number, stride: number): number {
  let squares = 0;
  for (let index = start; index < values.length; index += stride) squares += values[index]! ** 2;
  return Math.sqrt(squares);
}
