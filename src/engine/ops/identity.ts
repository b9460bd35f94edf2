import { type } from '../ir/attribute.ts';
import type { Graph } from '../ir/graph.ts';
import { type Node, only, type Value } from '../ir/node.ts';
import { input, type OpRule } from './rule.ts';

export const identityRule: OpRule<'identity'> = {
  shape: (inputs) => [input(inputs, 0)],
  gradient: (_graph, _node, gradients) => gradients,
  lower: ({ inputs }) => ({ op: 'Identity', attributes: { T: type(input(inputs, 0).dtype) } }),
};

/** The same tensor under a name of its own, there once the nodes in `after` have run: what a session fetches. */
export function identity(graph: Graph, name: string, value: Value, after: readonly Node[] = []): Value {
  return only(graph.add('identity', [value], {}, { name, after }));
}
