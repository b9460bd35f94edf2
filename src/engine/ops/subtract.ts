import { type } from '../ir/attribute.ts';
import type { Graph } from '../ir/graph.ts';
import { only, sameShape, type Value } from '../ir/node.ts';
import { constant } from './constant.ts';
import { broadcastType } from './elementwise.ts';
import { multiply } from './multiply.ts';
import { first, input, type OpRule } from './rule.ts';

export const subtractRule: OpRule<'subtract'> = {
  shape: (inputs) => [broadcastType(inputs)],

  gradient(graph, { inputs, outputs }, gradients, wanted) {
    const gradient = first(gradients);
    const { shape } = input(outputs, 0);
    if (inputs.some((value, index) => wanted[index] === true && !sameShape(value.shape, shape))) {
      throw new Error('A broadcast difference has no gradient rule');
    }
    return [gradient, wanted[1] === true ? multiply(graph, gradient, constant(graph, -1)) : undefined];
  },

  lower: ({ inputs }) => ({ op: 'Sub', attributes: { T: type(input(inputs, 0).dtype) } }),
};

/** left - right, element by element. */
export function subtract(graph: Graph, left: Value, right: Value): Value {
  return only(graph.add('subtract', [left, right], {}));
}
