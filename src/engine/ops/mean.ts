import type { Graph } from '../ir/graph.ts';
import { BATCH, elementCount, only, type Value } from '../ir/node.ts';
import { broadcastTo } from './broadcastTo.ts';
import { cast } from './cast.ts';
import { constant, integers } from './constant.ts';
import { divide } from './divide.ts';
import { lowerReduction, reducedType } from './reduction.ts';
import { reshape } from './reshape.ts';
import { first, input, type OpRule } from './rule.ts';
import { sizeOf } from './sizeOf.ts';

export const meanRule: OpRule<'mean'> = {
  shape: (inputs, { axes }) => [reducedType(inputs, axes)],

  /** Every element has an equal share in its mean. */
  gradient(graph, { inputs, attributes: { axes } }, gradients) {
    const x = input(inputs, 0);
    const share = divide(graph, first(gradients), averagedCount(graph, x, axes));
    const kept = x.shape.map((size, axis) => (axes.includes(axis) ? 1 : size));
    return [broadcastTo(graph, reshape(graph, share, kept), x)];
  },

  lower: (node) => lowerReduction('Mean', node),
};

/** How many elements go into one mean; in the graph where the batch is among them. */
function averagedCount(graph: Graph, x: Value, axes: readonly number[]): Value {
  const sizes = axes.map((axis) => x.shape[axis]!);
  if (!sizes.includes(BATCH)) return constant(graph, elementCount(sizes));
  if (axes.length < x.shape.length) throw new Error('A mean over the batch and part of the axes has no rule');
  return cast(graph, sizeOf(graph, x), 'float32');
}

/** The mean over some axes, which are dropped. */
export function mean(graph: Graph, value: Value, axes: readonly number[]): Value {
  return only(graph.add('mean', [value, integers(graph, axes)], { axes }));
}
