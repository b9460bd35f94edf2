import type { Graph } from '../ir/graph.ts';
import type { Value } from '../ir/node.ts';
import { fusedAttributes } from './fusedBatchNorm.ts';
import { input, type OpRule } from './rule.ts';

export const batchNormInferenceRule: OpRule<'batchNormInference'> = {
  shape(inputs) {
    const channels = { dtype: 'float32', shape: input(inputs, 1).shape } as const;
    return [input(inputs, 0), channels, channels, channels, channels, { dtype: 'float32', shape: [] }];
  },
  gradient: null,
  lower: ({ inputs, attributes: { epsilon } }) => ({
    op: 'FusedBatchNormV3',
    attributes: fusedAttributes(epsilon, false, input(inputs, 0)),
  }),
};

interface KnownMoments {
  readonly scale: Value;
  readonly shift: Value;
  readonly mean: Value;
  readonly variance: Value;
  readonly epsilon: number;
}

/** scale * (x - mean) / sqrt(variance + epsilon) + shift, with given moments per channel. */
export function batchNormInference(graph: Graph, x: Value, moments: KnownMoments): Value {
  const { scale, shift, mean, variance, epsilon } = moments;
  return input(graph.add('batchNormInference', [x, scale, shift, mean, variance], { epsilon }).outputs, 0);
}
