import { assertNever } from '../contract/errors.ts';
import { applyAdamW } from './adamw.ts';
import type { Node, Value } from './ir/node.ts';
import type { Plan } from './plan.ts';
import { applySgd } from './sgd.ts';

export interface Update {
  /** Clipped, not decayed, [parameters]. */
  readonly gradient: Value;
  /** The parameters before the update, [parameters]. */
  readonly parameters: Value;
  /** Scalar. */
  readonly learningRate: Value;
  /** Nodes that must have run before anything is updated. */
  readonly after: readonly Node[];
}

/** The update of the parameters by the optimiser of the plan's options; gives the nodes that make it. */
export function applyUpdate(plan: Plan, update: Update): readonly Node[] {
  const { optimiser } = plan.options;
  switch (optimiser.kind) {
    case 'sgd':
      return applySgd(plan, optimiser, update);
    case 'adamw':
      return applyAdamW(plan, optimiser, update);
    default:
      return assertNever(optimiser);
  }
}
