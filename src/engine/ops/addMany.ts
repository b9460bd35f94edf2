import { int, type } from '../ir/attribute.ts';
import type { Graph } from '../ir/graph.ts';
import { only, sameShape, type Value } from '../ir/node.ts';
import { input, type OpRule } from './rule.ts';

export const addManyRule: OpRule<'addMany'> = {
  shape(inputs) {
    const { dtype, shape } = input(inputs, 0);
    if (!inputs.every((value) => sameShape(value.shape, shape))) throw new Error('Summands differ in shape');
    return [{ dtype, shape }];
  },

  gradient: null,

  lower: ({ inputs }) => ({ op: 'AddN', attributes: { N: int(inputs.length), T: type(input(inputs, 0).dtype) } }),
};

/** The sum of tensors of one shape, read once. */
export function addMany(graph: Graph, values: readonly Value[]): Value {
  return only(graph.add('addMany', values, {}));
}
