import { type } from '../ir/attribute.ts';
import type { Graph } from '../ir/graph.ts';
import { only, type Value } from '../ir/node.ts';
import { integers } from './constant.ts';
import { input, type OpRule } from './rule.ts';

export const sliceChannelsRule: OpRule<'sliceChannels'> = {
  shape: (inputs, { channels }) => {
    const { dtype, shape } = input(inputs, 0);
    return [{ dtype, shape: [...shape.slice(0, -1), channels] }];
  },
  gradient: null,
  lower: ({ inputs }) => ({ op: 'Slice', attributes: { T: type(input(inputs, 0).dtype), Index: type('int32') } }),
};

/** The first channels of a tensor, as many as `like` has. */
export function sliceChannels(graph: Graph, value: Value, like: Value): Value {
  const channels = like.shape.at(-1)!;
  // -1: the whole axis.
  const sizes = value.shape.map((_, axis) => (axis === value.shape.length - 1 ? channels : -1));
  const begin = value.shape.map(() => 0);
  return only(graph.add('sliceChannels', [value, integers(graph, begin), integers(graph, sizes)], { channels }));
}
