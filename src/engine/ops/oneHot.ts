import { int, type } from '../ir/attribute.ts';
import type { Graph } from '../ir/graph.ts';
import { only, type Value } from '../ir/node.ts';
import { constant, integers } from './constant.ts';
import { input, type OpRule } from './rule.ts';

export const oneHotRule: OpRule<'oneHot'> = {
  shape: (inputs, { classes }) => [{ dtype: 'float32', shape: [...input(inputs, 0).shape, classes] }],
  gradient: null,
  lower: () => ({ op: 'OneHot', attributes: { T: type('float32'), TI: type('int32'), axis: int(-1) } }),
};

/** int32 [batch] -> [batch, classes]: `on` at the label, `off` at every other class. */
export function oneHot(
  graph: Graph,
  labels: Value,
  classes: number,
  { on, off }: { readonly on: number; readonly off: number },
): Value {
  const inputs = [labels, integers(graph, classes), constant(graph, on), constant(graph, off)];
  return only(graph.add('oneHot', inputs, { classes }));
}
