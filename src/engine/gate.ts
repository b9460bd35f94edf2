import type { Graph } from './ir/graph.ts';
import type { Node, Value } from './ir/node.ts';
import { addMany } from './ops/addMany.ts';
import { identity } from './ops/identity.ts';
import { isFinite } from './ops/isFinite.ts';
import { merge } from './ops/merge.ts';
import { switchBy } from './ops/switch.ts';

/**
 * What keeps a step that broke from changing anything: the updates are on one side of a switch, and are dead where the
 * numbers that they come from are not finite. Parameters, slots and averages then keep the bits that they had.
 */
export interface Gate {
  /** Bool scalar. */
  readonly isOpen: Value;
  /** Whatever comes after this node runs only where the gate is open. */
  readonly open: Node;
}

/** A gate that is open where the sum of these scalars is finite, and so each of them is. */
export function gateOf(graph: Graph, scalars: readonly Value[]): Gate {
  const isOpen = isFinite(graph, addMany(graph, scalars));
  const { whereTrue } = switchBy(graph, isOpen, isOpen);
  return { isOpen, open: identity(graph, 'gate/open', whereTrue).node };
}

/** The value once the updates were made or, where the gate is shut, at once. */
export function afterUpdates(graph: Graph, { isOpen }: Gate, value: Value, updates: readonly Node[]): Value {
  const { whereFalse, whereTrue } = switchBy(graph, isOpen, value);
  return merge(graph, isOpen, whereFalse, identity(graph, 'gate/updated', whereTrue, updates));
}
