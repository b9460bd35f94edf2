import { type } from '../ir/attribute.ts';
import type { Graph } from '../ir/graph.ts';
import { BATCH, type Value } from '../ir/node.ts';
import { multiply } from './multiply.ts';
import { reshape } from './reshape.ts';
import { first, input, type OpRule } from './rule.ts';

/** Outputs: the loss of each image [batch], and its gradient with respect to the logits [batch, classes]. */
export const softmaxCrossEntropyRule: OpRule<'softmaxCrossEntropy'> = {
  shape(inputs) {
    const logits = input(inputs, 0);
    return [{ dtype: 'float32', shape: logits.shape.slice(0, 1) }, logits];
  },

  /** The operation computes softmax(logits) - one-hot(label) with the loss; it is scaled by each image's own gradient. */
  gradient(graph, { outputs }, gradients) {
    const perImage = reshape(graph, first(gradients), [BATCH, 1]);
    return [multiply(graph, perImage, input(outputs, 1)), undefined];
  },

  lower: () => ({
    op: 'SparseSoftmaxCrossEntropyWithLogits',
    attributes: { T: type('float32'), Tlabels: type('int32') },
  }),
};

/** -log softmax(logits)[label] of each image: logits [batch, classes], labels int32 [batch] -> [batch]. */
export function softmaxCrossEntropy(graph: Graph, logits: Value, labels: Value): Value {
  return input(graph.add('softmaxCrossEntropy', [logits, labels], {}).outputs, 0);
}
