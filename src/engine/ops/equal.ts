import { type } from '../ir/attribute.ts';
import type { Graph } from '../ir/graph.ts';
import { only, type Value } from '../ir/node.ts';
import { broadcastType } from './elementwise.ts';
import { input, type OpRule } from './rule.ts';

export const equalRule: OpRule<'equal'> = {
  shape: (inputs) => [{ dtype: 'bool', shape: broadcastType(inputs).shape }],
  gradient: null,
  lower: ({ inputs }) => ({ op: 'Equal', attributes: { T: type(input(inputs, 0).dtype) } }),
};

/** left === right, element by element. */
export function equal(graph: Graph, left: Value, right: Value): Value {
  return only(graph.add('equal', [left, right], {}));
}
