import { int, type } from '../ir/attribute.ts';
import type { Graph } from '../ir/graph.ts';
import { sameShape, type Value } from '../ir/node.ts';
import { input, type OpRule } from './rule.ts';

/** Outputs: the tensor, and which of the inputs it is. */
export const mergeRule: OpRule<'merge'> = {
  shape(inputs) {
    const [left, right] = [input(inputs, 0), input(inputs, 1)];
    if (left.dtype !== right.dtype || !sameShape(left.shape, right.shape)) throw new Error('Merged tensors differ');
    return [left, { dtype: 'int32', shape: [] }];
  },

  gradient: null,

  lower: ({ inputs }) => ({ op: 'Merge', attributes: { T: type(input(inputs, 0).dtype), N: int(inputs.length) } }),
};

/** The one of two tensors that is alive; both come from the sides of switches by this predicate. */
export function merge(graph: Graph, predicate: Value, whereFalse: Value, whereTrue: Value): Value {
  return input(graph.add('merge', [whereFalse, whereTrue], { predicate }).outputs, 0);
}
