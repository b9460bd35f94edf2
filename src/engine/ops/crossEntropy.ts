import { type } from '../ir/attribute.ts';
import type { Graph } from '../ir/graph.ts';
import { BATCH, type Value } from '../ir/node.ts';
import { multiply } from './multiply.ts';
import { reshape } from './reshape.ts';
import { first, input, type OpRule } from './rule.ts';

/** Outputs: the loss of each image [batch], and its gradient with respect to the logits [batch, classes]. */
export const crossEntropyRule: OpRule<'crossEntropy'> = {
  shape(inputs) {
    const logits = input(inputs, 0);
    return [{ dtype: 'float32', shape: logits.shape.slice(0, 1) }, logits];
  },

  /** softmax(logits) - targets, which the operation computes with the loss, scaled by each image's own gradient. */
  gradient(graph, { outputs }, gradients) {
    const perImage = reshape(graph, first(gradients), [BATCH, 1]);
    return [multiply(graph, perImage, input(outputs, 1)), undefined];
  },

  lower: () => ({ op: 'SoftmaxCrossEntropyWithLogits', attributes: { T: type('float32') } }),
};

/** -sum over classes of target * log softmax(logits): both [batch, classes], targets add up to 1 -> [batch]. */
export function crossEntropy(graph: Graph, logits: Value, targets: Value): Value {
  return input(graph.add('crossEntropy', [logits, targets], {}).outputs, 0);
}
