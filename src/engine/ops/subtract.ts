import type { Graph } from '../ir/graph.ts';
import { only, type Value } from '../ir/node.ts';
import { elementwise } from './elementwise.ts';
import type { OpRule } from './rule.ts';

export const subtractRule: OpRule<'subtract'> = elementwise('Sub');

/** left - right, element by element. */
export function subtract(graph: Graph, left: Value, right: Value): Value {
  return only(graph.add('subtract', [left, right], {}));
}
