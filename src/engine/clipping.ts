import type { Graph } from './ir/graph.ts';
import type { Value } from './ir/node.ts';
import { add } from './ops/add.ts';
import { constant } from './ops/constant.ts';
import { divide } from './ops/divide.ts';
import { minimum } from './ops/minimum.ts';
import { multiply } from './ops/multiply.ts';

/** PyTorch's `clip_grad_norm_` adds this to the norm. */
const CLIP_EPSILON = 1e-6;

/**
 * Clipping by global norm (Pascanu et al. 2013, algorithm 1, in the form of PyTorch's `clip_grad_norm_`): the gradient
 * times min(1, clipNorm / (norm + 1e-6)). Null leaves it as it is.
 */
export function clipByGlobalNorm(graph: Graph, gradient: Value, norm: Value, clipNorm: number | null): Value {
  if (clipNorm === null) return gradient;
  const ratio = divide(graph, constant(graph, clipNorm), add(graph, norm, constant(graph, CLIP_EPSILON)));
  return multiply(graph, gradient, minimum(graph, ratio, constant(graph, 1)));
}
