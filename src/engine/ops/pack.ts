import { int, type } from '../ir/attribute.ts';
import type { Graph } from '../ir/graph.ts';
import { only, sameShape, type Value } from '../ir/node.ts';
import { input, type OpRule } from './rule.ts';

export const packRule: OpRule<'pack'> = {
  shape(inputs) {
    const { dtype, shape } = input(inputs, 0);
    if (!inputs.every((value) => sameShape(value.shape, shape))) throw new Error('Packed tensors differ in shape');
    return [{ dtype, shape: [inputs.length, ...shape] }];
  },
  gradient: null,
  lower: ({ inputs }) => ({
    op: 'Pack',
    attributes: { T: type(input(inputs, 0).dtype), N: int(inputs.length), axis: int(0) },
  }),
};

/** Tensors of one shape, stacked along a new first axis. */
export function pack(graph: Graph, values: readonly Value[]): Value {
  return only(graph.add('pack', values, {}));
}
