import type { Graph } from './ir/graph.ts';
import type { Value } from './ir/node.ts';
import type { Layout } from './layout.ts';
import { concat } from './ops/concat.ts';
import { gather } from './ops/gather.ts';
import { square } from './ops/square.ts';
import { squareRoot } from './ops/squareRoot.ts';
import { sum } from './ops/sum.ts';

export interface GradientNorms {
  /** [tensors] in depth order: the L2 norm of the loss's gradient with respect to each parameter tensor. */
  readonly perTensor: Value;
  /** Scalar: the L2 norm over all parameters. */
  readonly global: Value;
}

/** Norms of gradients that are stacked by group, as `stackGroups` gives them. */
export function gradientNorms(
  graph: Graph,
  stacks: readonly Value[],
  { groups, tensors }: Layout<string>,
): GradientNorms {
  const squares = concat(
    graph,
    stacks.map((stack) => sum(graph, square(graph, stack), [1])),
  );
  const order = groups.flatMap(({ members }) => members);
  const places = new Array<number>(tensors.length);
  order.forEach((member, place) => (places[member] = place));
  return {
    perTensor: squareRoot(graph, gather(graph, squares, places)),
    global: squareRoot(graph, sum(graph, squares, [0])),
  };
}
