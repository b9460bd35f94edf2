import { type } from '../ir/attribute.ts';
import type { Graph } from '../ir/graph.ts';
import { only, type Value } from '../ir/node.ts';
import { reluGradient } from './reluGradient.ts';
import { first, input, type OpRule } from './rule.ts';

export const reluRule: OpRule<'relu'> = {
  shape: (inputs) => [input(inputs, 0)],

  /** Taken from the output, not the input: the input's memory can then hold the output. */
  gradient: (graph, { outputs }, gradients) => [reluGradient(graph, first(gradients), input(outputs, 0))],

  lower: ({ inputs }) => ({ op: 'Relu', attributes: { T: type(input(inputs, 0).dtype) } }),
};

/** max(x, 0). */
export function relu(graph: Graph, x: Value): Value {
  return only(graph.add('relu', [x], {}));
}
