import type { Graph } from '../ir/graph.ts';
import type { Value } from '../ir/node.ts';
import { fusedAttributes } from './fusedBatchNorm.ts';
import { input, type OpRule } from './rule.ts';

/** Outputs: the gradients of x, scale and shift, and two that nothing reads. */
export const batchNormGradientRule: OpRule<'batchNormGradient'> = {
  shape(inputs) {
    const channels = { dtype: 'float32', shape: input(inputs, 2).shape } as const;
    const unused = { dtype: 'float32', shape: [0] } as const;
    return [input(inputs, 1), channels, channels, unused, unused];
  },
  gradient: null,
  lower: ({ inputs, attributes: { epsilon } }) => ({
    op: 'FusedBatchNormGradV3',
    attributes: fusedAttributes(epsilon, true, input(inputs, 1)),
  }),
};

interface BatchNormGradient {
  readonly gradient: Value;
  readonly x: Value;
  readonly scale: Value;
  /** What the forward operation kept for its gradient: its last three outputs. */
  readonly saved: readonly Value[];
  readonly epsilon: number;
}

/** A batch norm's gradients with respect to x, scale and shift; the batch's moments depend on x too. */
export function batchNormGradient(graph: Graph, { gradient, x, scale, saved, epsilon }: BatchNormGradient): Value[] {
  const { outputs } = graph.add('batchNormGradient', [gradient, x, scale, ...saved], { epsilon });
  return outputs.slice(0, 3);
}
