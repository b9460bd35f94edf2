import { type } from '../ir/attribute.ts';
import type { Graph } from '../ir/graph.ts';
import { only, type Value } from '../ir/node.ts';
import { input, type OpRule } from './rule.ts';

export const reluGradientRule: OpRule<'reluGradient'> = {
  shape: (inputs) => [input(inputs, 0)],
  gradient: null,
  lower: ({ inputs }) => ({ op: 'ReluGrad', attributes: { T: type(input(inputs, 0).dtype) } }),
};

/** The gradient where the ReLU's output is positive, 0 elsewhere. */
export function reluGradient(graph: Graph, gradient: Value, output: Value): Value {
  return only(graph.add('reluGradient', [gradient, output], {}));
}
