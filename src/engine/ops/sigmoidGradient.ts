import { type } from '../ir/attribute.ts';
import type { Graph } from '../ir/graph.ts';
import { only, type Value } from '../ir/node.ts';
import { input, type OpRule } from './rule.ts';

export const sigmoidGradientRule: OpRule<'sigmoidGradient'> = {
  shape: (inputs) => [input(inputs, 0)],
  gradient: null,
  lower: ({ inputs }) => ({ op: 'SigmoidGrad', attributes: { T: type(input(inputs, 0).dtype) } }),
};

/** gradient * y (1 - y), where y is the sigmoid's output. */
export function sigmoidGradient(graph: Graph, output: Value, gradient: Value): Value {
  return only(graph.add('sigmoidGradient', [output, gradient], {}));
}
