import { type } from '../ir/attribute.ts';
import type { Graph } from '../ir/graph.ts';
import { only, type Value } from '../ir/node.ts';
import { input, type OpRule } from './rule.ts';

export const zerosLikeRule: OpRule<'zerosLike'> = {
  shape: (inputs) => [input(inputs, 0)],
  gradient: null,
  lower: ({ inputs }) => ({ op: 'ZerosLike', attributes: { T: type(input(inputs, 0).dtype) } }),
};

/** Zeros of a tensor's shape. */
export function zerosLike(graph: Graph, value: Value): Value {
  return only(graph.add('zerosLike', [value], {}));
}
