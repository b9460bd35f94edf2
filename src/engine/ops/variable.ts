import * as attribute from '../ir/attribute.ts';
import type { Graph } from '../ir/graph.ts';
import { only, type Value } from '../ir/node.ts';
import type { OpRule } from './rule.ts';

export const variableRule: OpRule<'variable'> = {
  shape: () => [{ dtype: 'resource', shape: [] }],
  gradient: null,
  lower: ({ name, attributes: { shape } }) => ({
    op: 'VarHandleOp',
    attributes: {
      dtype: attribute.type('float32'),
      shape: attribute.shape(shape),
      shared_name: attribute.string(name),
    },
  }),
};

/** A float32 vector that outlives a run of the graph. It holds nothing until it is assigned. */
export function variable(graph: Graph, name: string, size: number): Value {
  return only(graph.add('variable', [], { shape: [size] }, { name }));
}
