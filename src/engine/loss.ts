import type { Graph } from './ir/graph.ts';
import type { Value } from './ir/node.ts';
import { add } from './ops/add.ts';
import { argMax } from './ops/argMax.ts';
import { cast } from './ops/cast.ts';
import { crossEntropy } from './ops/crossEntropy.ts';
import { equal } from './ops/equal.ts';
import { multiply } from './ops/multiply.ts';
import { oneHot } from './ops/oneHot.ts';
import { softmaxCrossEntropy } from './ops/softmaxCrossEntropy.ts';
import { subtract } from './ops/subtract.ts';
import { sum } from './ops/sum.ts';

/** Softmax cross-entropy of each image: logits [batch, classes], labels int32 [batch] -> [batch]. */
export function imageLosses(graph: Graph, logits: Value, labels: Value): Value {
  return graph.within('loss', () => softmaxCrossEntropy(graph, logits, labels));
}

/**
 * The cross-entropy against smoothed targets (Szegedy et al. 2016, arXiv:1512.00567, section 7), as PyTorch's
 * `cross_entropy(label_smoothing)`: the label has the probability 1 - smoothing + smoothing / classes, every other class
 * smoothing / classes. [batch, classes], int32 [batch] -> [batch]
 */
function smoothedLosses(graph: Graph, logits: Value, labels: Value, smoothing: number): Value {
  if (smoothing === 0) return imageLosses(graph, logits, labels);
  const classes = logits.shape[1]!;
  const off = smoothing / classes;
  return graph.within('loss', () =>
    crossEntropy(graph, logits, oneHot(graph, labels, classes, { on: 1 - smoothing + off, off })),
  );
}

/** A second label of each image with its share, at most a half: what mixup and CutMix make. */
export interface MixedLabels {
  /** int32 [batch] */
  readonly labels: Value;
  /** float32 [batch] */
  readonly shares: Value;
}

/**
 * (1 - share) * loss against the first label + share * loss against the second (Zhang et al. 2018, section 3), where images are
 * mixed; else against the label. -> [batch]
 */
export function trainingLosses(
  graph: Graph,
  logits: Value,
  labels: Value,
  second: MixedLabels | null,
  smoothing: number,
): Value {
  const first = smoothedLosses(graph, logits, labels, smoothing);
  if (second === null) return first;
  const other = smoothedLosses(graph, logits, second.labels, smoothing);
  return graph.within('loss', () => add(graph, first, multiply(graph, second.shares, subtract(graph, other, first))));
}

/** How many images have their largest logit at their label; of equal logits the first counts. */
export function correctAnswers(graph: Graph, logits: Value, labels: Value): Value {
  return graph.within('correct', () =>
    sum(graph, cast(graph, equal(graph, argMax(graph, logits), labels), 'float32'), [0]),
  );
}
