import { type } from '../ir/attribute.ts';
import type { Graph } from '../ir/graph.ts';
import { only, sameShape, type Value } from '../ir/node.ts';
import { broadcastType } from './elementwise.ts';
import { reshape } from './reshape.ts';
import { first, input, type OpRule } from './rule.ts';
import { sum } from './sum.ts';

export const multiplyRule: OpRule<'multiply'> = {
  shape: (inputs) => [broadcastType(inputs)],

  /** d(a b) = b da + a db; what was repeated along an axis takes the sum over it. */
  gradient(graph, { inputs }, gradients, wanted) {
    const gradient = first(gradients);
    return [0, 1].map((index) =>
      wanted[index] === true
        ? sumTo(graph, multiply(graph, gradient, input(inputs, 1 - index)), input(inputs, index))
        : undefined,
    );
  },

  lower: ({ inputs }) => ({ op: 'Mul', attributes: { T: type(input(inputs, 0).dtype) } }),
};

/** The sum over the axes along which `like` was repeated, in the shape of `like`. */
function sumTo(graph: Graph, value: Value, like: Value): Value {
  if (sameShape(value.shape, like.shape)) return value;
  if (value.shape.length !== like.shape.length) throw new Error('A product of tensors of different rank has no rule');
  const repeated = value.shape.flatMap((size, axis) => (size === like.shape[axis] ? [] : [axis]));
  return reshape(graph, sum(graph, value, repeated), like.shape);
}

/** left * right, element by element. */
export function multiply(graph: Graph, left: Value, right: Value): Value {
  return only(graph.add('multiply', [left, right], {}));
}
