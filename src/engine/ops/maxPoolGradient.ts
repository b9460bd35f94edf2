import type { Graph } from '../ir/graph.ts';
import { only, type Value } from '../ir/node.ts';
import type { PoolingAttributes } from './attributes.ts';
import { poolingAttributes } from './pooling.ts';
import { input, type OpRule } from './rule.ts';

export const maxPoolGradientRule: OpRule<'maxPoolGradient'> = {
  shape: (inputs) => [input(inputs, 0)],
  gradient: null,
  lower: (node) => ({ op: 'MaxPoolGrad', attributes: poolingAttributes(node) }),
};

/** The gradient of each window, given to the pixel that was the largest; to the first of equals. */
export function maxPoolGradient(
  graph: Graph,
  x: Value,
  output: Value,
  gradient: Value,
  attributes: PoolingAttributes,
): Value {
  return only(graph.add('maxPoolGradient', [x, output, gradient], attributes));
}
