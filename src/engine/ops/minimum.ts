import type { Graph } from '../ir/graph.ts';
import { only, type Value } from '../ir/node.ts';
import { elementwise } from './elementwise.ts';
import type { OpRule } from './rule.ts';

export const minimumRule: OpRule<'minimum'> = elementwise('Minimum');

/** The smaller of the two, element by element. */
export function minimum(graph: Graph, left: Value, right: Value): Value {
  return only(graph.add('minimum', [left, right], {}));
}
