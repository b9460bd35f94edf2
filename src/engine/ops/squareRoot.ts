import { type } from '../ir/attribute.ts';
import type { Graph } from '../ir/graph.ts';
import { only, type Value } from '../ir/node.ts';
import { input, type OpRule } from './rule.ts';

export const squareRootRule: OpRule<'squareRoot'> = {
  shape: (inputs) => [input(inputs, 0)],
  gradient: null,
  lower: ({ inputs }) => ({ op: 'Sqrt', attributes: { T: type(input(inputs, 0).dtype) } }),
};

/** The square root of each element. */
export function squareRoot(graph: Graph, value: Value): Value {
  return only(graph.add('squareRoot', [value], {}));
}
