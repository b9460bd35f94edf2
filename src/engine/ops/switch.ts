import { type } from '../ir/attribute.ts';
import type { Graph } from '../ir/graph.ts';
import type { Value } from '../ir/node.ts';
import { merge } from './merge.ts';
import { input, type OpRule } from './rule.ts';
import { zerosLike } from './zerosLike.ts';

/** Outputs: the tensor where the predicate is false, and where it is true. The other one is dead. */
export const switchRule: OpRule<'switch'> = {
  shape(inputs) {
    const data = input(inputs, 0);
    if (input(inputs, 1).dtype !== 'bool') throw new Error('A switch is set by a bool');
    return [data, data];
  },

  /** The gradient comes back on the side that was taken; it is zero where the loss does not see that side. */
  gradient(graph, { inputs, outputs }, [whereFalse, whereTrue]) {
    const predicate = input(inputs, 1);
    const zeros = (side: 0 | 1) => zerosOn(graph, input(outputs, side), predicate);
    return [merge(graph, predicate, whereFalse ?? zeros(0), whereTrue ?? zeros(1)), undefined];
  },

  lower: ({ inputs }) => ({ op: 'Switch', attributes: { T: type(input(inputs, 0).dtype) } }),
};

/**
 * Sends a tensor to one of two sides by a bool scalar. What is computed from the side that was not taken is dead: it takes
 * no time, and has no value until a merge. So nothing made from a side may be `shared` with what is not on it.
 */
export function switchBy(graph: Graph, predicate: Value, data: Value): { whereFalse: Value; whereTrue: Value } {
  const { node } = graph.shared(`${nameOf(data)} by ${nameOf(predicate)}`, () =>
    input(graph.add('switch', [data, predicate], {}).outputs, 0),
  );
  return { whereFalse: input(node.outputs, 0), whereTrue: input(node.outputs, 1) };
}

/** Zeros of the shape of one side of a switch, dead where it is; tensors of one shape on one side share them. */
export function zerosOn(graph: Graph, side: Value, predicate: Value): Value {
  const { dtype, shape, index } = side;
  return graph.shared(`zeros ${dtype} ${shape.join(' ')} on side ${index} of ${nameOf(predicate)}`, () =>
    zerosLike(graph, side),
  );
}

const nameOf = ({ node, index }: Value) => `${node.name}:${index}`;
