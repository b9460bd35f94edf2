import { joinGroups, stackGroups } from './flat.ts';
import type { Graph } from './ir/graph.ts';
import type { Value } from './ir/node.ts';
import type { Layout } from './layout.ts';
import { add } from './ops/add.ts';
import { constant } from './ops/constant.ts';
import { gather } from './ops/gather.ts';
import { multiply } from './ops/multiply.ts';
import { readVariable } from './ops/readVariable.ts';
import { reshape } from './ops/reshape.ts';
import { split } from './ops/split.ts';
import { subtract } from './ops/subtract.ts';

/** The share of each new batch in the running averages: PyTorch's `momentum`, TensorFlow's 1 - 0.9. */
export const AVERAGE_SHARE = 0.1;

/**
 * average + 0.1 * (batch - average), for the means and unbiased variances of all batch norms at once. `kept`, float32
 * [statistics], is 0 for those that stay as they are; null: all move.
 */
export function newRunningAverages(
  graph: Graph,
  variable: Value,
  batchMoments: readonly Value[],
  layout: Layout<string>,
  kept: Value | null = null,
): Value {
  const old = readVariable(graph, variable, layout.size);
  const stacks = stackGroups(graph, batchMoments, layout);
  const share = constant(graph, AVERAGE_SHARE);
  const change =
    kept === null
      ? multiply(graph, subtract(graph, joinGroups(graph, stacks, layout), old), share)
      : changeOfKept(graph, old, layout, { stacks, shares: multiply(graph, kept, share) });
  return add(graph, old, change);
}

/** share * (batch - average) with a share for each tensor. */
function changeOfKept(
  graph: Graph,
  old: Value,
  layout: Layout<string>,
  { stacks, shares }: { readonly stacks: readonly Value[]; readonly shares: Value },
): Value {
  const { groups } = layout;
  const olds = split(
    graph,
    old,
    groups.map(({ size }) => size),
  );
  const changes = groups.map(({ members }, index) => {
    const stack = stacks[index]!;
    const difference = subtract(graph, stack, reshape(graph, olds[index]!, stack.shape));
    return multiply(graph, difference, reshape(graph, gather(graph, shares, members), [members.length, 1]));
  });
  return joinGroups(graph, changes, layout);
}
