import { float } from '../ir/attribute.ts';
import type { Graph } from '../ir/graph.ts';
import type { Value } from '../ir/node.ts';
import { batchNormGradient } from './batchNormGradient.ts';
import { constant } from './constant.ts';
import { fusedAttributes } from './fusedBatchNorm.ts';
import { first, input, type OpRule } from './rule.ts';

/** Outputs: y, the batch's mean, its unbiased variance, and three that only the gradient reads. */
export const batchNormRule: OpRule<'batchNorm'> = {
  shape(inputs) {
    const channels = { dtype: 'float32', shape: input(inputs, 1).shape } as const;
    return [input(inputs, 0), channels, channels, channels, channels, { dtype: 'float32', shape: [] }];
  },

  gradient(graph, { inputs, outputs, attributes }, gradients) {
    return batchNormGradient(graph, {
      gradient: first(gradients),
      x: input(inputs, 0),
      scale: input(inputs, 1),
      saved: outputs.slice(3),
      epsilon: attributes.epsilon,
    });
  },

  lower: ({ inputs, attributes: { epsilon } }) => ({
    op: 'FusedBatchNormV3',
    attributes: { ...fusedAttributes(epsilon, true, input(inputs, 0)), exponential_avg_factor: float(1) },
  }),
};

/** y = scale * (x - mean) / sqrt(variance + epsilon) + shift, with the batch's own (biased) moments per channel. */
export function batchNorm(graph: Graph, x: Value, scale: Value, shift: Value, epsilon: number) {
  const nothing = constant(graph, []);
  const { outputs } = graph.add('batchNorm', [x, scale, shift, nothing, nothing], { epsilon });
  return { y: input(outputs, 0), mean: input(outputs, 1), unbiasedVariance: input(outputs, 2) };
}
