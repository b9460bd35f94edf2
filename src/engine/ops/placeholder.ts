import * as attribute from '../ir/attribute.ts';
import type { Graph } from '../ir/graph.ts';
import { type DataType, only, type Value } from '../ir/node.ts';
import type { OpRule } from './rule.ts';

export const placeholderRule: OpRule<'placeholder'> = {
  shape: (_inputs, { dtype, shape }) => [{ dtype, shape }],
  gradient: null,
  lower: ({ attributes: { dtype, shape } }) => ({
    op: 'Placeholder',
    attributes: { dtype: attribute.type(dtype), shape: attribute.shape(shape) },
  }),
};

/** A tensor that the caller feeds under this name. */
export function placeholder(graph: Graph, name: string, dtype: DataType, shape: readonly number[]): Value {
  return only(graph.add('placeholder', [], { dtype, shape }, { name }));
}
