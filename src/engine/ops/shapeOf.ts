import { type } from '../ir/attribute.ts';
import type { Graph } from '../ir/graph.ts';
import { BATCH, only, type Value } from '../ir/node.ts';
import { integers } from './constant.ts';
import { input, type OpRule } from './rule.ts';

export const shapeOfRule: OpRule<'shapeOf'> = {
  shape: (inputs) => [{ dtype: 'int32', shape: [input(inputs, 0).shape.length] }],
  gradient: null,
  lower: ({ inputs }) => ({ op: 'Shape', attributes: { T: type(input(inputs, 0).dtype), out_type: type('int32') } }),
};

/** A tensor's sizes, as a tensor. There is one batch, so tensors of one shape share the node. */
export function shapeOf(graph: Graph, value: Value): Value {
  const { shape } = value;
  if (!shape.includes(BATCH)) return integers(graph, shape);
  return graph.shared(`shape of ${shape.join(' ')}`, () => only(graph.add('shapeOf', [value], {})));
}
