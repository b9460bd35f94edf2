import type { Graph } from '../ir/graph.ts';
import { only, type Value } from '../ir/node.ts';
import { integers } from './constant.ts';
import { lowerReduction, reducedType } from './reduction.ts';
import type { OpRule } from './rule.ts';

export const sumRule: OpRule<'sum'> = {
  shape: (inputs, { axes }) => [reducedType(inputs, axes)],
  gradient: null,
  lower: (node) => lowerReduction('Sum', node),
};

/** The sum over some axes, which are dropped. */
export function sum(graph: Graph, value: Value, axes: readonly number[]): Value {
  return only(graph.add('sum', [value, integers(graph, axes)], { axes }));
}
