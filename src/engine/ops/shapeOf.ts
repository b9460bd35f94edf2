import { type } from '../ir/attribute.ts';
import type { Graph } from '../ir/graph.ts';
import { BATCH, only, type Value } from '../ir/node.ts';
import { concat } from './concat.ts';
import { integers } from './constant.ts';
import { input, type OpRule } from './rule.ts';
import { split } from './split.ts';

export const shapeOfRule: OpRule<'shapeOf'> = {
  shape: (inputs) => [{ dtype: 'int32', shape: [input(inputs, 0).shape.length] }],
  gradient: null,
  lower: ({ inputs }) => ({ op: 'Shape', attributes: { T: type(input(inputs, 0).dtype), out_type: type('int32') } }),
};

/**
 * A tensor's sizes, as a tensor. There is one batch, and its size is read where it is fed: a tensor that a network computes
 * may be dead (see `switchBy`), and tensors of one shape share the node.
 */
export function shapeOf(graph: Graph, { shape }: Value): Value {
  if (!shape.includes(BATCH)) return integers(graph, shape);
  if (shape.indexOf(BATCH) !== 0 || shape.lastIndexOf(BATCH) !== 0) throw new Error('The batch is not the first axis');
  const rest = shape.slice(1);
  return graph.shared(`shape of ${shape.join(' ')}`, () =>
    concat(graph, [batchSize(graph), ...(rest.length === 0 ? [] : [integers(graph, rest)])]),
  );
}

/** A tensor's sizes, read from itself. */
export function ownShape(graph: Graph, x: Value): Value {
  return only(graph.add('shapeOf', [x], {}));
}

/** int32 [1]: how many images are fed. */
function batchSize(graph: Graph): Value {
  return graph.shared('batch size', () => {
    const fed = graph.nodes.find(({ kind, outputs }) => kind === 'placeholder' && outputs[0]!.shape[0] === BATCH);
    if (fed === undefined) throw new Error('No batch is fed');
    const [count] = split(graph, ownShape(graph, fed.outputs[0]!), splitSizes(fed.outputs[0]!.shape.length));
    return count!;
  });
}

const splitSizes = (rank: number) => (rank === 1 ? [1] : [1, rank - 1]);
