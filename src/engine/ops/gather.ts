import { type } from '../ir/attribute.ts';
import type { Graph } from '../ir/graph.ts';
import { only, type Value } from '../ir/node.ts';
import { integers } from './constant.ts';
import { input, type OpRule } from './rule.ts';

export const gatherRule: OpRule<'gather'> = {
  shape: (inputs) => [{ dtype: input(inputs, 0).dtype, shape: input(inputs, 1).shape }],
  gradient: null,
  lower: ({ inputs }) => ({
    op: 'GatherV2',
    attributes: { Tparams: type(input(inputs, 0).dtype), Tindices: type('int32'), Taxis: type('int32') },
  }),
};

/** The elements of a vector at these places, in this order. */
export function gather(graph: Graph, vector: Value, indices: readonly number[]): Value {
  return only(graph.add('gather', [vector, integers(graph, indices), integers(graph, 0)], {}));
}
