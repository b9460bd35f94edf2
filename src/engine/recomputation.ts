import type { Graph } from './ir/graph.ts';
import type { Node, Value } from './ir/node.ts';
import type { OpName } from './ops/attributes.ts';

/** Which segment a node of the forward pass is computed again with; nodes of none are there for the backward pass as they are. */
export type SegmentOf = (node: Node) => number | undefined;

export const NO_SEGMENTS: SegmentOf = () => undefined;

/** Fed, or small and shared by the whole graph. */
const NEVER_REPEATED: ReadonlySet<OpName> = new Set(['placeholder', 'constant', 'variable', 'readVariable', 'shapeOf']);

/**
 * Repeats the nodes of one segment, which are in the order of the graph. Nodes that take nothing from within the segment
 * wait for those in `after`, the incoming gradient: without these edges TensorFlow would compute the copies early, or find
 * them equal to the originals and merge the two.
 */
export function repeatSegment(graph: Graph, nodes: readonly Node[], after: readonly Node[]): ReadonlyMap<Node, Node> {
  const copies = new Map<Node, Node>();
  for (const node of nodes) {
    if (NEVER_REPEATED.has(node.kind)) continue;
    const inputs = node.inputs.map((value) => copyOf(copies, value));
    const isWithin = inputs.some((value, index) => value !== node.inputs[index]);
    const awaited = [...node.after.map((one) => copies.get(one) ?? one), ...(isWithin ? [] : after)];
    copies.set(node, repeat(graph, node, inputs, awaited));
  }
  return copies;
}

function repeat<Kind extends OpName>(graph: Graph, node: Node<Kind>, inputs: readonly Value[], after: readonly Node[]) {
  const scope = node.name.slice(0, Math.max(0, node.name.lastIndexOf('/')));
  return graph.within(`repeated/${scope}`, () => graph.add(node.kind, inputs, node.attributes, { after }));
}

function copyOf(copies: ReadonlyMap<Node, Node>, value: Value): Value {
  return copies.get(value.node)?.outputs[value.index] ?? value;
}
