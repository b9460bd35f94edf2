import { type } from '../ir/attribute.ts';
import type { Graph } from '../ir/graph.ts';
import { only, type Value } from '../ir/node.ts';
import { input, type OpRule } from './rule.ts';

/** No gradient passes: training goes through `softmaxCrossEntropy`. */
export const softmaxRule: OpRule<'softmax'> = {
  shape: (inputs) => [input(inputs, 0)],
  gradient: null,
  lower: () => ({ op: 'Softmax', attributes: { T: type('float32') } }),
};

/** Probabilities of the classes: logits [batch, classes] -> [batch, classes], each row summing to 1. */
export function softmax(graph: Graph, logits: Value): Value {
  return only(graph.add('softmax', [logits], {}));
}
