import { int, type } from '../ir/attribute.ts';
import type { Graph } from '../ir/graph.ts';
import type { Value } from '../ir/node.ts';
import { input, type OpRule } from './rule.ts';

export const unpackRule: OpRule<'unpack'> = {
  shape(inputs) {
    const { dtype, shape } = input(inputs, 0);
    const [count = 0, ...rest] = shape;
    return Array.from({ length: count }, () => ({ dtype, shape: rest }));
  },
  gradient: null,
  lower: ({ inputs, outputs }) => ({
    op: 'Unpack',
    attributes: { T: type(input(inputs, 0).dtype), num: int(outputs.length), axis: int(0) },
  }),
};

/** The slices of a tensor along its first axis; they share its memory where they are aligned. */
export function unpack(graph: Graph, stacked: Value): readonly Value[] {
  return graph.add('unpack', [stacked], {}).outputs;
}
