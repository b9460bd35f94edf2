import { type } from '../ir/attribute.ts';
import type { Graph } from '../ir/graph.ts';
import { only, type Value } from '../ir/node.ts';
import { integerMatrix } from './constant.ts';
import { first, input, type OpRule } from './rule.ts';
import { sliceChannels } from './sliceChannels.ts';

export const padChannelsRule: OpRule<'padChannels'> = {
  shape: (inputs, { channels }) => {
    const { dtype, shape } = input(inputs, 0);
    if (shape.at(-1)! > channels) throw new Error(`${shape.at(-1)} channels do not grow to ${channels}`);
    return [{ dtype, shape: [...shape.slice(0, -1), channels] }];
  },

  gradient: (graph, { inputs }, gradients) => [sliceChannels(graph, first(gradients), input(inputs, 0))],

  lower: ({ inputs }) => ({ op: 'Pad', attributes: { T: type(input(inputs, 0).dtype), Tpaddings: type('int32') } }),
};

/** Images with channels of zeros after their own, `channels` in all. */
export function padChannels(graph: Graph, x: Value, channels: number): Value {
  const added = channels - x.shape.at(-1)!;
  const sides = x.shape.map((_, axis) => [0, axis === x.shape.length - 1 ? added : 0]);
  return only(graph.add('padChannels', [x, integerMatrix(graph, sides)], { channels }));
}
