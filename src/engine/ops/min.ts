import type { Graph } from '../ir/graph.ts';
import { only, type Value } from '../ir/node.ts';
import { integers } from './constant.ts';
import { lowerReduction, reducedType } from './reduction.ts';
import type { OpRule } from './rule.ts';

export const minRule: OpRule<'min'> = {
  shape: (inputs, { axes }) => [reducedType(inputs, axes)],
  gradient: null,
  lower: (node) => lowerReduction('Min', node),
};

/** The smallest over some axes, which are dropped. */
export function min(graph: Graph, value: Value, axes: readonly number[]): Value {
  return only(graph.add('min', [value, integers(graph, axes)], { axes }));
}
