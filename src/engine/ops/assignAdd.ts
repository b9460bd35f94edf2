import { type } from '../ir/attribute.ts';
import type { Graph } from '../ir/graph.ts';
import type { Node, Value } from '../ir/node.ts';
import type { OpRule } from './rule.ts';

export const assignAddRule: OpRule<'assignAdd'> = {
  shape: () => [],
  gradient: null,
  lower: () => ({ op: 'AssignAddVariableOp', attributes: { dtype: type('float32') } }),
};

/** variable <- variable + value. */
export function assignAdd(graph: Graph, variable: Value, value: Value): Node {
  return graph.add('assignAdd', [variable, value], {});
}
