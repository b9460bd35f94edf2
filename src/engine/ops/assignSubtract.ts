import { type } from '../ir/attribute.ts';
import type { Graph } from '../ir/graph.ts';
import type { Node, Value } from '../ir/node.ts';
import type { OpRule } from './rule.ts';

export const assignSubtractRule: OpRule<'assignSubtract'> = {
  shape: () => [],
  gradient: null,
  lower: () => ({ op: 'AssignSubVariableOp', attributes: { dtype: type('float32') } }),
};

/** variable <- variable - value, once the nodes in `after` have run. */
export function assignSubtract(graph: Graph, variable: Value, value: Value, after: readonly Node[]): Node {
  return graph.add('assignSubtract', [variable, value], {}, { after });
}
