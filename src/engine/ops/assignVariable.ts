import { type } from '../ir/attribute.ts';
import type { Graph } from '../ir/graph.ts';
import type { Node, Value } from '../ir/node.ts';
import type { OpRule } from './rule.ts';

export const assignVariableRule: OpRule<'assignVariable'> = {
  shape: () => [],
  gradient: null,
  lower: () => ({ op: 'AssignVariableOp', attributes: { dtype: type('float32') } }),
};

/** Gives a variable a new value, once the nodes in `after` have run. */
export function assignVariable(graph: Graph, variable: Value, value: Value, after: readonly Node[] = []): Node {
  return graph.add('assignVariable', [variable, value], {}, { after });
}
