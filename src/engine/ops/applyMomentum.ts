import { bool, type } from '../ir/attribute.ts';
import type { Graph } from '../ir/graph.ts';
import type { Node, Value } from '../ir/node.ts';
import type { OpRule } from './rule.ts';

export const applyMomentumRule: OpRule<'applyMomentum'> = {
  shape: () => [],
  gradient: null,
  lower: ({ attributes: { nesterov } }) => ({
    op: 'ResourceApplyMomentum',
    attributes: { T: type('float32'), ...(nesterov ? { use_nesterov: bool(true) } : {}) },
  }),
};

interface MomentumUpdate {
  readonly parameters: Value;
  readonly momentum: Value;
  readonly learningRate: Value;
  readonly gradient: Value;
  /** The factor that the old momentum is kept with. */
  readonly keep: Value;
  readonly nesterov: boolean;
  /** Nodes that must have run before. */
  readonly after: readonly Node[];
}

/**
 * momentum <- keep * momentum + gradient; parameters <- parameters - learningRate * momentum, with `nesterov`
 * - learningRate * (gradient + keep * momentum). Both are variables.
 */
export function applyMomentum(graph: Graph, update: MomentumUpdate): Node {
  const { parameters, momentum, learningRate, gradient, keep, nesterov, after } = update;
  return graph.add('applyMomentum', [parameters, momentum, learningRate, gradient, keep], { nesterov }, { after });
}
