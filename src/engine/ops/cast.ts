import { type } from '../ir/attribute.ts';
import type { Graph } from '../ir/graph.ts';
import { type DataType, only, type Value } from '../ir/node.ts';
import { first, input, type OpRule } from './rule.ts';

export const castRule: OpRule<'cast'> = {
  shape: (inputs, { to }) => [{ dtype: to, shape: input(inputs, 0).shape }],
  gradient: (graph, { inputs }, gradients) => [cast(graph, first(gradients), input(inputs, 0).dtype)],
  lower: ({ inputs, attributes: { to } }) => ({
    op: 'Cast',
    attributes: { SrcT: type(input(inputs, 0).dtype), DstT: type(to) },
  }),
};

/** The same numbers in another type. */
export function cast(graph: Graph, value: Value, to: DataType): Value {
  if (value.dtype === to) return value;
  return only(graph.add('cast', [value], { to }));
}
