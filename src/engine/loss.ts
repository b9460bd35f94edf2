import type { Graph } from './ir/graph.ts';
import type { Value } from './ir/node.ts';
import { argMax } from './ops/argMax.ts';
import { cast } from './ops/cast.ts';
import { equal } from './ops/equal.ts';
import { softmaxCrossEntropy } from './ops/softmaxCrossEntropy.ts';
import { sum } from './ops/sum.ts';

/** Softmax cross-entropy of each image: logits [batch, classes], labels int32 [batch] -> [batch]. */
export function imageLosses(graph: Graph, logits: Value, labels: Value): Value {
  return graph.within('loss', () => softmaxCrossEntropy(graph, logits, labels));
}

/** How many images have their largest logit at their label; of equal logits the first counts. */
export function correctAnswers(graph: Graph, logits: Value, labels: Value): Value {
  return graph.within('correct', () =>
    sum(graph, cast(graph, equal(graph, argMax(graph, logits), labels), 'float32'), [0]),
  );
}
