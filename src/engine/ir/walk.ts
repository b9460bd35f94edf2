import type { Node } from './node.ts';

/**
 * Every node that the given ones need, each after its inputs. Keeps its own stack: a network of 1,202 layers is a chain
 * of several thousand nodes, deeper than JavaScript may recurse.
 */
export function inOrder(targets: readonly Node[]): Node[] {
  const ordered: Node[] = [];
  const state = new Map<Node, 'open' | 'done'>();
  const stack = targets.toReversed();
  for (let node = stack.at(-1); node !== undefined; node = stack.at(-1)) {
    if (!state.has(node)) {
      state.set(node, 'open');
      for (const needed of predecessors(node).toReversed()) if (!state.has(needed)) stack.push(needed);
      continue;
    }
    stack.pop();
    if (state.get(node) === 'done') continue;
    state.set(node, 'done');
    ordered.push(node);
  }
  return ordered;
}

function predecessors(node: Node): Node[] {
  return [...node.inputs.map((value) => value.node), ...node.after];
}
