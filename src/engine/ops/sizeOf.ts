import { type } from '../ir/attribute.ts';
import type { Graph } from '../ir/graph.ts';
import { only, type Value } from '../ir/node.ts';
import { input, type OpRule } from './rule.ts';

export const sizeOfRule: OpRule<'sizeOf'> = {
  shape: () => [{ dtype: 'int32', shape: [] }],
  gradient: null,
  lower: ({ inputs }) => ({ op: 'Size', attributes: { T: type(input(inputs, 0).dtype), out_type: type('int32') } }),
};

/** How many elements a tensor has, as a tensor. */
export function sizeOf(graph: Graph, value: Value): Value {
  return only(graph.add('sizeOf', [value], {}));
}
