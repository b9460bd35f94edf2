import fc from 'fast-check';
import { expect, it } from 'vitest';
import { planLayouts, tensorsOf } from '../engine/networkTensors.ts';
import { filterDirection } from './filterDirection.ts';
import { initialWeights } from './initialise.ts';
import { decideNetwork } from './plans.ts';
import { buildNetwork } from './resnet.ts';

const input = { height: 8, width: 8, channels: 1, classes: 10 };
const tensorsFor = (version: 'v1' | 'v2', depth = 8) =>
  tensorsOf(planLayouts(buildNetwork(decideNetwork({ version, depth, se: 4 }), input)));
const tensors = tensorsFor('v2');
const { parameters } = initialWeights(tensors, 3);

function normsOf(values: Float32Array, filters: number): number[] {
  return Array.from({ length: filters }, (_, filter) =>
    Math.hypot(...values.filter((_v, i) => i % filters === filter)),
  );
}

it('gives every filter the norm of its weights, and moves nothing else', () => {
  fc.assert(
    fc.property(fc.nat(2 ** 31 - 1), fc.constantFrom<'x' | 'y'>('x', 'y'), (seed, axis) => {
      const direction = filterDirection(tensors, parameters, { seed, axis });
      for (const { role, shape, offset, size } of tensors.parameters) {
        const own = direction.subarray(offset, offset + size);
        if (role !== 'kernel') {
          expect(own.every((value) => value === 0)).toBe(true);
          continue;
        }
        const filters = shape.at(-1)!;
        const wanted = normsOf(parameters.subarray(offset, offset + size), filters);
        normsOf(own, filters).forEach((norm, filter) => expect(norm / wanted[filter]!).toBeCloseTo(1, 5));
      }
    }),
    { numRuns: 5 },
  );
});

it('is drawn anew by seed and axis, all but at right angles, and again by the same', () => {
  const drawn = (seed: number, axis: 'x' | 'y') => filterDirection(tensors, parameters, { seed, axis });
  const cosine = (one: Float32Array, other: Float32Array) =>
    one.reduce((sum, value, index) => sum + value * other[index]!, 0) / (Math.hypot(...one) * Math.hypot(...other));
  expect(drawn(1, 'x')).toEqual(drawn(1, 'x'));
  expect(Math.abs(cosine(drawn(1, 'x'), drawn(1, 'y')))).toBeLessThan(0.02);
  expect(Math.abs(cosine(drawn(1, 'x'), drawn(2, 'x')))).toBeLessThan(0.02);
});

it('moves V1 and V2 alike where name and shape are the same, up to the filters’ norms', () => {
  const other = tensorsFor('v1');
  const own = initialWeights(other, 3).parameters;
  const name = 'stage1.unit1.conv1.weight';
  const part = (of: typeof tensors, values: Float32Array) => {
    const { offset, size } = of.parameters.find((tensor) => tensor.name === name)!;
    return values.subarray(offset, offset + size);
  };
  const v1 = part(other, filterDirection(other, own, { seed: 1, axis: 'x' }));
  expect(v1).toEqual(part(tensors, filterDirection(tensors, parameters, { seed: 1, axis: 'x' })));
});

it('leaves a filter of zeros where it is', () => {
  const zeros = new Float32Array(parameters.length);
  expect(filterDirection(tensors, zeros, { seed: 1, axis: 'x' }).every((value) => value === 0)).toBe(true);
});
