import { type } from '../ir/attribute.ts';
import type { Graph } from '../ir/graph.ts';
import { only, type Value } from '../ir/node.ts';
import { input, type OpRule } from './rule.ts';

export const biasAddGradientRule: OpRule<'biasAddGradient'> = {
  shape: (inputs) => [{ dtype: 'float32', shape: input(inputs, 0).shape.slice(-1) }],
  gradient: null,
  lower: () => ({ op: 'BiasAddGrad', attributes: { T: type('float32') } }),
};

/** Sums over all axes but the last. */
export function biasAddGradient(graph: Graph, gradient: Value): Value {
  return only(graph.add('biasAddGradient', [gradient], {}));
}
