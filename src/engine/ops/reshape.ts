import { type } from '../ir/attribute.ts';
import type { Graph } from '../ir/graph.ts';
import { only, sameShape, type Value } from '../ir/node.ts';
import { integers } from './constant.ts';
import { first, input, type OpRule } from './rule.ts';

export const reshapeRule: OpRule<'reshape'> = {
  shape: (inputs, { shape }) => [{ dtype: input(inputs, 0).dtype, shape }],
  gradient: (graph, { inputs }, gradients) => [reshape(graph, first(gradients), input(inputs, 0).shape)],
  lower: ({ inputs }) => ({ op: 'Reshape', attributes: { T: type(input(inputs, 0).dtype), Tshape: type('int32') } }),
};

/** The same elements in another shape, in which at most one size may be BATCH. */
export function reshape(graph: Graph, value: Value, shape: readonly number[]): Value {
  if (sameShape(value.shape, shape)) return value;
  return only(graph.add('reshape', [value, integers(graph, shape)], { shape }));
}
