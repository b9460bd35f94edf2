import { type } from '../ir/attribute.ts';
import type { Graph } from '../ir/graph.ts';
import type { Node, Value } from '../ir/node.ts';
import { constant } from './constant.ts';
import type { OpRule } from './rule.ts';

export const applyAdamRule: OpRule<'applyAdam'> = {
  shape: () => [],
  gradient: null,
  lower: () => ({ op: 'ResourceApplyAdam', attributes: { T: type('float32') } }),
};

interface AdamUpdate {
  readonly parameters: Value;
  readonly firstMoment: Value;
  readonly secondMoment: Value;
  /** Scalars. */
  readonly rate: Value;
  readonly beta1: Value;
  readonly beta2: Value;
  readonly epsilon: Value;
  readonly gradient: Value;
  /** Nodes that must have run before. */
  readonly after: readonly Node[];
}

/**
 * m <- beta1 * m + (1 - beta1) * gradient; v <- beta2 * v + (1 - beta2) * gradient^2;
 * parameters <- parameters - rate * m / (sqrt(v) + epsilon). The first three are variables.
 * The operation would correct the moments' bias by powers of the betas; powers of 0 leave that to the caller.
 */
export function applyAdam(graph: Graph, update: AdamUpdate): Node {
  const { parameters, firstMoment, secondMoment, rate, beta1, beta2, epsilon, gradient, after } = update;
  const noPower = constant(graph, 0);
  const inputs = [parameters, firstMoment, secondMoment, noPower, noPower, rate, beta1, beta2, epsilon, gradient];
  return graph.add('applyAdam', inputs, {}, { after });
}
