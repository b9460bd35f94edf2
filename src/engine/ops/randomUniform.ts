import { type } from '../ir/attribute.ts';
import type { Graph } from '../ir/graph.ts';
import { only, type Value } from '../ir/node.ts';
import type { OpRule } from './rule.ts';
import { shapeOf } from './shapeOf.ts';

export const randomUniformRule: OpRule<'randomUniform'> = {
  shape: (_inputs, { shape }) => [{ dtype: 'float32', shape }],
  gradient: null,
  lower: () => ({
    op: 'StatelessRandomUniform',
    attributes: { dtype: type('float32'), T: type('int32'), Tseed: type('int32') },
  }),
};

/** Uniform numbers in [0, 1) in the shape of `like`; they follow from the seed, int32 [2], and nothing else. */
export function randomUniform(graph: Graph, like: Value, seed: Value): Value {
  return only(graph.add('randomUniform', [shapeOf(graph, like), seed], { shape: like.shape }));
}
