import { type } from '../ir/attribute.ts';
import type { Graph } from '../ir/graph.ts';
import { only, type Value } from '../ir/node.ts';
import { biasAddGradient } from './biasAddGradient.ts';
import { first, input, type OpRule } from './rule.ts';

export const biasAddRule: OpRule<'biasAdd'> = {
  shape: (inputs) => [input(inputs, 0)],

  gradient(graph, _node, gradients) {
    const gradient = first(gradients);
    return [gradient, biasAddGradient(graph, gradient)];
  },

  lower: () => ({ op: 'BiasAdd', attributes: { T: type('float32') } }),
};

/** Adds a vector to the last axis. */
export function biasAdd(graph: Graph, x: Value, bias: Value): Value {
  return only(graph.add('biasAdd', [x, bias], {}));
}
