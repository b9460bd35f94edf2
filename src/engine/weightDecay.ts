import type { Graph } from './ir/graph.ts';
import type { Value } from './ir/node.ts';
import type { Layout } from './layout.ts';
import { add } from './ops/add.ts';
import { broadcastTo } from './ops/broadcastTo.ts';
import { concat } from './ops/concat.ts';
import { constant } from './ops/constant.ts';
import { multiply } from './ops/multiply.ts';
import { split } from './ops/split.ts';
import type { ProgramOptions } from './program.ts';

/**
 * L2 weight decay as PyTorch's SGD has it: gradient + weightDecay * parameters, after clipping. Without `decayAll` only
 * the kernels decay, which come first in the layout.
 */
export function addWeightDecay(
  graph: Graph,
  gradient: Value,
  parameters: Value,
  { weightDecay, decayAll }: ProgramOptions,
  { size, kernelSize }: Layout<string>,
): Value {
  if (weightDecay === 0) return gradient;
  const decay = (piece: Value) => multiply(graph, piece, constant(graph, weightDecay));
  if (decayAll) return add(graph, gradient, decay(parameters));
  const sizes = [kernelSize, size - kernelSize];
  const [kernels, others] = split(graph, parameters, sizes) as [Value, Value];
  return add(graph, gradient, concat(graph, [decay(kernels), broadcastTo(graph, constant(graph, [0]), others)]));
}
