import type { Graph } from '../ir/graph.ts';
import { only, type Value } from '../ir/node.ts';
import { elementwise } from './elementwise.ts';
import type { OpRule } from './rule.ts';

export const divideRule: OpRule<'divide'> = elementwise('RealDiv');

/** left / right, element by element. */
export function divide(graph: Graph, left: Value, right: Value): Value {
  return only(graph.add('divide', [left, right], {}));
}
