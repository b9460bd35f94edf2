import { inLayoutOrder } from './flat.ts';
import type { Graph } from './ir/graph.ts';
import type { Value } from './ir/node.ts';
import type { Layout } from './layout.ts';
import { concat } from './ops/concat.ts';
import { square } from './ops/square.ts';
import { squareRoot } from './ops/squareRoot.ts';
import { sum } from './ops/sum.ts';

export interface TensorNorms {
  /** [tensors] in depth order: the L2 norm of each tensor. */
  readonly perTensor: Value;
  /** Scalar: the L2 norm over all of them. */
  readonly global: Value;
}

/** Norms of tensors that are stacked by group, as `stackGroups` gives them: of gradients, of weights, of what changed. */
export function tensorNorms(graph: Graph, stacks: readonly Value[], layout: Layout<string>): TensorNorms {
  const squares = concat(
    graph,
    stacks.map((stack) => sum(graph, square(graph, stack), [1])),
  );
  return {
    perTensor: squareRoot(graph, inLayoutOrder(graph, squares, layout)),
    global: squareRoot(graph, sum(graph, squares, [0])),
  };
}
