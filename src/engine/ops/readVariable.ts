import { type } from '../ir/attribute.ts';
import type { Graph } from '../ir/graph.ts';
import { type Node, only, type Value } from '../ir/node.ts';
import type { OpRule } from './rule.ts';

export const readVariableRule: OpRule<'readVariable'> = {
  shape: (_inputs, { shape }) => [{ dtype: 'float32', shape }],
  gradient: null,
  lower: () => ({ op: 'ReadVariableOp', attributes: { dtype: type('float32') } }),
};

/** What a variable of this many elements holds once the nodes in `after` have run. */
export function readVariable(graph: Graph, variable: Value, size: number, after: readonly Node[] = []): Value {
  return only(graph.add('readVariable', [variable], { shape: [size] }, { after }));
}
