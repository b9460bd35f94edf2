import { joinGroups, stackGroups } from './flat.ts';
import type { Graph } from './ir/graph.ts';
import type { Value } from './ir/node.ts';
import type { Layout } from './layout.ts';
import { add } from './ops/add.ts';
import { constant } from './ops/constant.ts';
import { multiply } from './ops/multiply.ts';
import { readVariable } from './ops/readVariable.ts';
import { subtract } from './ops/subtract.ts';

/** The share of each new batch in the running averages: PyTorch's `momentum`, TensorFlow's 1 - 0.9. */
export const AVERAGE_SHARE = 0.1;

/** average + 0.1 * (batch - average), for the means and unbiased variances of all batch norms at once. */
export function newRunningAverages(
  graph: Graph,
  variable: Value,
  batchMoments: readonly Value[],
  layout: Layout<string>,
): Value {
  const old = readVariable(graph, variable, layout.size);
  const batch = joinGroups(graph, stackGroups(graph, batchMoments, layout), layout);
  const change = multiply(graph, subtract(graph, batch, old), constant(graph, AVERAGE_SHARE));
  return add(graph, old, change);
}
