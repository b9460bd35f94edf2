import { type } from '../ir/attribute.ts';
import type { Graph } from '../ir/graph.ts';
import { only, type Value } from '../ir/node.ts';
import { first, input, type OpRule } from './rule.ts';
import { sigmoidGradient } from './sigmoidGradient.ts';

export const sigmoidRule: OpRule<'sigmoid'> = {
  shape: (inputs) => [input(inputs, 0)],
  gradient: (graph, { outputs }, gradients) => [sigmoidGradient(graph, input(outputs, 0), first(gradients))],
  lower: ({ inputs }) => ({ op: 'Sigmoid', attributes: { T: type(input(inputs, 0).dtype) } }),
};

/** 1 / (1 + exp(-x)). */
export function sigmoid(graph: Graph, x: Value): Value {
  return only(graph.add('sigmoid', [x], {}));
}
