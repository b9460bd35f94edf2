import type { Graph } from '../ir/graph.ts';
import { only, type Value } from '../ir/node.ts';
import type { ConvolutionAttributes } from './attributes.ts';
import { integers } from './constant.ts';
import { convolutionAttributes } from './convolution.ts';
import type { OpRule } from './rule.ts';

export const conv2dFilterGradientRule: OpRule<'conv2dFilterGradient'> = {
  shape: (_inputs, { shape }) => [{ dtype: 'float32', shape }],
  gradient: null,
  lower: ({ attributes }) => ({ op: 'Conv2DBackpropFilter', attributes: convolutionAttributes(attributes) }),
};

/** A convolution's gradient with respect to `filter`, of which only the shape is used. */
export function conv2dFilterGradient(
  graph: Graph,
  x: Value,
  filter: Value,
  gradient: Value,
  attributes: ConvolutionAttributes,
): Value {
  const { shape } = filter;
  return only(graph.add('conv2dFilterGradient', [x, integers(graph, shape), gradient], { ...attributes, shape }));
}
