import { bool, int, type } from '../ir/attribute.ts';
import type { Graph } from '../ir/graph.ts';
import { BATCH, only, type Value } from '../ir/node.ts';
import type { OpRule } from './rule.ts';

export const decodeImageRule: OpRule<'decodeImage'> = {
  shape: (_inputs, { channels }) => [{ dtype: 'uint8', shape: [BATCH, BATCH, channels] }],
  gradient: null,
  lower: ({ attributes: { channels } }) => ({
    op: 'DecodeImage',
    attributes: { channels: int(channels), dtype: type('uint8'), expand_animations: bool(false) },
  }),
};

/** The pixels of a PNG or JPEG file: a string -> uint8 [height, width, channels], grey where `channels` is 1. */
export function decodeImage(graph: Graph, file: Value, channels: number): Value {
  return only(graph.add('decodeImage', [file], { channels }));
}
