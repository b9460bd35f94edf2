import { int, type } from '../ir/attribute.ts';
import type { Graph } from '../ir/graph.ts';
import { elementCount, type Value } from '../ir/node.ts';
import { integers } from './constant.ts';
import { input, type OpRule } from './rule.ts';

export const splitRule: OpRule<'split'> = {
  shape(inputs, { sizes }) {
    const { dtype, shape } = input(inputs, 0);
    if (elementCount(shape) !== elementCount([sizes.reduce((sum, size) => sum + size, 0)])) {
      throw new Error(`A vector of ${shape.join()} elements does not split into ${sizes.length} such pieces`);
    }
    return sizes.map((size) => ({ dtype, shape: [size] }));
  },
  gradient: null,
  lower: ({ inputs, attributes: { sizes } }) => ({
    op: 'SplitV',
    attributes: { T: type(input(inputs, 0).dtype), Tlen: type('int32'), num_split: int(sizes.length) },
  }),
};

/** Consecutive pieces of a vector. */
export function split(graph: Graph, vector: Value, sizes: readonly number[]): readonly Value[] {
  if (sizes.length === 1) return [vector];
  return graph.add('split', [vector, integers(graph, sizes), integers(graph, 0)], { sizes }).outputs;
}
