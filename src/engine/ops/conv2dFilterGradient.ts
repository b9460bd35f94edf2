import type { Graph } from '../ir/graph.ts';
import { only, type Value } from '../ir/node.ts';
import type { ConvolutionAttributes } from './attributes.ts';
import { integers } from './constant.ts';
import { convolutionAttributes } from './convolution.ts';
import { input, type OpRule } from './rule.ts';

export const conv2dFilterGradientRule: OpRule<'conv2dFilterGradient'> = {
  shape: (inputs, { shape }) => [{ dtype: input(inputs, 0).dtype, shape }],
  gradient: null,
  lower: (node) => ({ op: 'Conv2DBackpropFilter', attributes: convolutionAttributes(node) }),
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
