import { type } from '../ir/attribute.ts';
import type { Graph } from '../ir/graph.ts';
import { only, type Value } from '../ir/node.ts';
import { integers } from './constant.ts';
import { input, type OpRule } from './rule.ts';

export const argMaxRule: OpRule<'argMax'> = {
  shape: (inputs) => [{ dtype: 'int32', shape: input(inputs, 0).shape.slice(0, -1) }],
  gradient: null,
  lower: ({ inputs }) => ({
    op: 'ArgMax',
    attributes: { T: type(input(inputs, 0).dtype), Tidx: type('int32'), output_type: type('int32') },
  }),
};

/** Where the largest element of the last axis is; the first of equals. */
export function argMax(graph: Graph, value: Value): Value {
  return only(graph.add('argMax', [value, integers(graph, value.shape.length - 1)], {}));
}
