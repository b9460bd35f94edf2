import type { Graph } from '../ir/graph.ts';
import { only, type Value } from '../ir/node.ts';
import type { PoolingAttributes } from './attributes.ts';
import { maxPoolGradient } from './maxPoolGradient.ts';
import { pooledShape, poolingAttributes } from './pooling.ts';
import { first, input, type OpRule } from './rule.ts';

export const maxPoolRule: OpRule<'maxPool'> = {
  shape: (inputs, attributes) => [{ dtype: input(inputs, 0).dtype, shape: pooledShape(inputs, attributes) }],

  gradient: (graph, { inputs, outputs, attributes }, gradients) => [
    maxPoolGradient(graph, input(inputs, 0), input(outputs, 0), first(gradients), attributes),
  ],

  lower: (node) => ({ op: 'MaxPool', attributes: poolingAttributes(node) }),
};

/** The largest of each window of images [batch, height, width, channels]; what is padded is never the largest. */
export function maxPool(graph: Graph, x: Value, attributes: PoolingAttributes): Value {
  return only(graph.add('maxPool', [x], attributes));
}
