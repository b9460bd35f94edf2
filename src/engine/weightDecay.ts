import type { Graph } from './ir/graph.ts';
import type { Value } from './ir/node.ts';
import type { Layout } from './layout.ts';
import { broadcastTo } from './ops/broadcastTo.ts';
import { concat } from './ops/concat.ts';
import { constant } from './ops/constant.ts';
import { multiply } from './ops/multiply.ts';
import { split } from './ops/split.ts';
import type { ProgramOptions } from './program.ts';

/**
 * weightDecay * parameters, [parameters]; null where nothing decays. Without `decayAll` only the kernels decay, which come
 * first in the layout, and the rest is 0.
 */
export function weightDecayOf(
  graph: Graph,
  parameters: Value,
  { weightDecay, decayAll }: ProgramOptions,
  { size, kernelSize }: Layout<string>,
): Value | null {
  if (weightDecay === 0) return null;
  const decay = (piece: Value) => multiply(graph, piece, constant(graph, weightDecay));
  if (decayAll) return decay(parameters);
  const sizes = [kernelSize, size - kernelSize];
  const [kernels, others] = split(graph, parameters, sizes) as [Value, Value];
  return concat(graph, [decay(kernels), broadcastTo(graph, constant(graph, [0]), others)]);
}
