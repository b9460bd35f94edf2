import { type } from '../ir/attribute.ts';
import type { Graph } from '../ir/graph.ts';
import { only, type Value } from '../ir/node.ts';
import { input, type OpRule } from './rule.ts';
import { constant, integers } from './constant.ts';
import { shapeOf } from './shapeOf.ts';

export const broadcastToRule: OpRule<'broadcastTo'> = {
  shape: (inputs, { shape }) => [{ dtype: input(inputs, 0).dtype, shape }],
  gradient: null,
  lower: ({ inputs }) => ({
    op: 'BroadcastTo',
    attributes: { T: type(input(inputs, 0).dtype), Tidx: type('int32') },
  }),
};

/** A tensor repeated along its axes of size 1 until it has the shape of `like`. */
export function broadcastTo(graph: Graph, value: Value, like: Value): Value {
  return only(graph.add('broadcastTo', [value, shapeOf(graph, like)], { shape: like.shape }));
}

/** A float32 vector of zeros, which the graph need not carry. */
export function zeros(graph: Graph, size: number): Value {
  return only(graph.add('broadcastTo', [constant(graph, [0]), integers(graph, [size])], { shape: [size] }));
}
