import { int, type } from '../ir/attribute.ts';
import type { Graph } from '../ir/graph.ts';
import { elementCount, only, type Value } from '../ir/node.ts';
import { integers } from './constant.ts';
import { input, type OpRule } from './rule.ts';

export const concatRule: OpRule<'concat'> = {
  shape(inputs) {
    const vectors = inputs.slice(0, -1);
    if (vectors.some(({ shape }) => shape.length !== 1)) throw new Error('Only vectors are joined');
    return [
      { dtype: input(inputs, 0).dtype, shape: [vectors.reduce((sum, { shape }) => sum + elementCount(shape), 0)] },
    ];
  },
  gradient: null,
  lower: ({ inputs }) => ({
    op: 'ConcatV2',
    attributes: { T: type(input(inputs, 0).dtype), N: int(inputs.length - 1), Tidx: type('int32') },
  }),
};

/** Vectors joined end to end. */
export function concat(graph: Graph, vectors: readonly Value[]): Value {
  const [single, second] = vectors;
  if (single !== undefined && second === undefined) return single;
  return only(graph.add('concat', [...vectors, integers(graph, 0)], {}));
}
