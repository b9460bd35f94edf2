import { type } from '../ir/attribute.ts';
import type { Graph } from '../ir/graph.ts';
import { only, type Value } from '../ir/node.ts';
import { input, type OpRule } from './rule.ts';

export const exponentialMinusOneRule: OpRule<'exponentialMinusOne'> = {
  shape: (inputs) => [input(inputs, 0)],
  gradient: null,
  lower: ({ inputs }) => ({ op: 'Expm1', attributes: { T: type(input(inputs, 0).dtype) } }),
};

/** exp(x) - 1 of each element, exact where x is near 0. */
export function exponentialMinusOne(graph: Graph, value: Value): Value {
  return only(graph.add('exponentialMinusOne', [value], {}));
}
