import { type } from '../ir/attribute.ts';
import type { Graph } from '../ir/graph.ts';
import type { Value } from '../ir/node.ts';
import { input, type OpRule } from './rule.ts';

/** Outputs: the tensor where the predicate is false, and where it is true. The other one is dead. */
export const switchRule: OpRule<'switch'> = {
  shape(inputs) {
    const data = input(inputs, 0);
    if (input(inputs, 1).dtype !== 'bool') throw new Error('A switch is set by a bool');
    return [data, data];
  },

  gradient: null,

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

const nameOf = ({ node, index }: Value) => `${node.name}:${index}`;
