import { type } from '../ir/attribute.ts';
import type { Graph } from '../ir/graph.ts';
import { only, sameShape, type Value } from '../ir/node.ts';
import { broadcastType } from './elementwise.ts';
import { first, input, type OpRule } from './rule.ts';

export const addRule: OpRule<'add'> = {
  shape: (inputs) => [broadcastType(inputs)],

  /** d(a + b) = da + db: the gradient passes to both as it is, and a shortcut costs nothing on the way back. */
  gradient(_graph, { inputs }, gradients) {
    if (!sameShape(input(inputs, 0).shape, input(inputs, 1).shape)) {
      throw new Error('A broadcast sum has no gradient rule');
    }
    const gradient = first(gradients);
    return [gradient, gradient];
  },

  lower: ({ inputs }) => ({ op: 'AddV2', attributes: { T: type(input(inputs, 0).dtype) } }),
};

/** left + right, element by element. */
export function add(graph: Graph, left: Value, right: Value): Value {
  return only(graph.add('add', [left, right], {}));
}
