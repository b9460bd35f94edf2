import { type } from '../ir/attribute.ts';
import type { Graph } from '../ir/graph.ts';
import { only, type Value } from '../ir/node.ts';
import { input, type OpRule } from './rule.ts';

export const absoluteRule: OpRule<'absolute'> = {
  shape: (inputs) => [input(inputs, 0)],
  gradient: null,
  lower: ({ inputs }) => ({ op: 'Abs', attributes: { T: type(input(inputs, 0).dtype) } }),
};

/** |x| of each element. */
export function absolute(graph: Graph, value: Value): Value {
  return only(graph.add('absolute', [value], {}));
}
