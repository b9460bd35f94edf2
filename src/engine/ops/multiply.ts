import type { Graph } from '../ir/graph.ts';
import { only, type Value } from '../ir/node.ts';
import { elementwise } from './elementwise.ts';
import type { OpRule } from './rule.ts';

export const multiplyRule: OpRule<'multiply'> = elementwise('Mul');

/** left * right, element by element. */
export function multiply(graph: Graph, left: Value, right: Value): Value {
  return only(graph.add('multiply', [left, right], {}));
}
