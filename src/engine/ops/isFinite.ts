import { type } from '../ir/attribute.ts';
import type { Graph } from '../ir/graph.ts';
import { only, type Value } from '../ir/node.ts';
import { input, type OpRule } from './rule.ts';

export const isFiniteRule: OpRule<'isFinite'> = {
  shape: (inputs) => [{ dtype: 'bool', shape: input(inputs, 0).shape }],
  gradient: null,
  lower: ({ inputs }) => ({ op: 'IsFinite', attributes: { T: type(input(inputs, 0).dtype) } }),
};

/** Whether each element is neither infinite nor NaN. */
export function isFinite(graph: Graph, value: Value): Value {
  return only(graph.add('isFinite', [value], {}));
}
