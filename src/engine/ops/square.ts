import { type } from '../ir/attribute.ts';
import type { Graph } from '../ir/graph.ts';
import { only, type Value } from '../ir/node.ts';
import { input, type OpRule } from './rule.ts';

export const squareRule: OpRule<'square'> = {
  shape: (inputs) => [input(inputs, 0)],
  gradient: null,
  lower: ({ inputs }) => ({ op: 'Square', attributes: { T: type(input(inputs, 0).dtype) } }),
};

/** x * x. */
export function square(graph: Graph, value: Value): Value {
  return only(graph.add('square', [value], {}));
}
