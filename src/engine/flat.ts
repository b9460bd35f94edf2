import type { Graph } from './ir/graph.ts';
import type { Value } from './ir/node.ts';
import { cast } from './ops/cast.ts';
import { concat } from './ops/concat.ts';
import { gather } from './ops/gather.ts';
import { pack } from './ops/pack.ts';
import { reshape } from './ops/reshape.ts';
import { split } from './ops/split.ts';
import { unpack } from './ops/unpack.ts';
import type { Layout } from './layout.ts';

/** A flat vector taken apart: one value for each tensor of the layout, in its order. */
export function takeApart(graph: Graph, vector: Value, { groups, tensors }: Layout<string>): Value[] {
  const pieces = split(
    graph,
    vector,
    groups.map(({ size }) => size),
  );
  const values: Value[] = new Array<Value>(tensors.length);
  groups.forEach(({ shape, members }, index) => {
    const stacked = reshape(graph, pieces[index]!, [members.length, ...shape]);
    const slices = members.length === 1 ? [reshape(graph, stacked, shape)] : unpack(graph, stacked);
    members.forEach((member, position) => (values[member] = slices[position]!));
  });
  return values;
}

/** The tensors of each group of the layout, stacked: [members, elements of one]. `values` are in the layout's order. */
export function stackGroups(graph: Graph, values: readonly Value[], { groups }: Layout<string>): Value[] {
  return groups.map(({ members, size }) => {
    const tensors = members.map((member) => values[member]!);
    const stacked = tensors.length === 1 ? tensors[0]! : pack(graph, tensors);
    return reshape(graph, cast(graph, stacked, 'float32'), [members.length, size / members.length]);
  });
}

/** A flat vector as the stacked groups of its layout: [members, elements of one]. */
export function splitGroups(graph: Graph, vector: Value, { groups }: Layout<string>): Value[] {
  const pieces = split(
    graph,
    vector,
    groups.map(({ size }) => size),
  );
  return groups.map(({ members, size }, index) =>
    reshape(graph, pieces[index]!, [members.length, size / members.length]),
  );
}

/**
 * One number a tensor, as `concat` gives them group by group, in the layout's order; of all tensors, or of those whose places in the
 * layout are named.
 */
export function inLayoutOrder(
  graph: Graph,
  joined: Value,
  { groups, tensors }: Layout<string>,
  wanted: readonly number[] = [...tensors.keys()],
): Value {
  const places = new Array<number>(tensors.length);
  groups.flatMap(({ members }) => members).forEach((member, place) => (places[member] = place));
  return gather(
    graph,
    joined,
    wanted.map((member) => places[member]!),
  );
}

/** Stacked groups joined to the flat vector of their layout. */
export function joinGroups(graph: Graph, stacks: readonly Value[], { groups }: Layout<string>): Value {
  return concat(
    graph,
    stacks.map((stack, index) => reshape(graph, stack, [groups[index]!.size])),
  );
}
