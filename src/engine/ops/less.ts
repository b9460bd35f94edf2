import { type } from '../ir/attribute.ts';
import type { Graph } from '../ir/graph.ts';
import { only, type Value } from '../ir/node.ts';
import { broadcastType } from './elementwise.ts';
import { input, type OpRule } from './rule.ts';

export const lessRule: OpRule<'less'> = {
  shape: (inputs) => [{ dtype: 'bool', shape: broadcastType(inputs).shape }],
  gradient: null,
  lower: ({ inputs }) => ({ op: 'Less', attributes: { T: type(input(inputs, 0).dtype) } }),
};

/** left < right, element by element. */
export function less(graph: Graph, left: Value, right: Value): Value {
  return only(graph.add('less', [left, right], {}));
}
