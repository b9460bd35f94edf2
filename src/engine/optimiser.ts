import type { Graph } from './ir/graph.ts';
import type { Node, Value } from './ir/node.ts';
import { applyMomentum } from './ops/applyMomentum.ts';
import { constant } from './ops/constant.ts';
import type { Plan } from './plan.ts';

interface Update {
  /** Clipped and decayed, [parameters]. */
  readonly gradient: Value;
  /** Scalar. */
  readonly learningRate: Value;
  readonly momentum: number;
}

/**
 * SGD with heavy-ball momentum (Polyak 1964, in the form of PyTorch's SGD without dampening):
 * v <- momentum * v + gradient; w <- w - learningRate * v.
 */
export function applyUpdate(graph: Graph, variables: Plan['variables'], update: Update): Node {
  const { gradient, learningRate, momentum } = update;
  return applyMomentum(graph, {
    parameters: variables.parameters,
    momentum: variables.momentum,
    learningRate,
    gradient,
    keep: constant(graph, momentum),
  });
}
