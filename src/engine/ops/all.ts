import { bool, type } from '../ir/attribute.ts';
import type { Graph } from '../ir/graph.ts';
import { only, type Value } from '../ir/node.ts';
import { integers } from './constant.ts';
import { input, type OpRule } from './rule.ts';

export const allRule: OpRule<'all'> = {
  shape(inputs) {
    if (input(inputs, 0).dtype !== 'bool') throw new Error('Only bools can be all true');
    return [{ dtype: 'bool', shape: [] }];
  },
  gradient: null,
  lower: () => ({ op: 'All', attributes: { Tidx: type('int32'), keep_dims: bool(false) } }),
};

/** Whether all elements are true: a scalar. */
export function all(graph: Graph, value: Value): Value {
  const axes = value.shape.map((_, axis) => axis);
  return only(graph.add('all', [value, integers(graph, axes)], {}));
}
