import type { Graph } from '../ir/graph.ts';
import { only, type Value } from '../ir/node.ts';
import type { ConvolutionAttributes } from './attributes.ts';
import { convolutionAttributes } from './convolution.ts';
import { input, type OpRule } from './rule.ts';
import { shapeOf } from './shapeOf.ts';

export const conv2dInputGradientRule: OpRule<'conv2dInputGradient'> = {
  shape: (inputs, { shape }) => [{ dtype: input(inputs, 1).dtype, shape }],
  gradient: null,
  lower: (node) => ({ op: 'Conv2DBackpropInput', attributes: convolutionAttributes(node) }),
};

/** A convolution's gradient with respect to the images `x`, of which only the shape is used. */
export function conv2dInputGradient(
  graph: Graph,
  x: Value,
  filter: Value,
  gradient: Value,
  attributes: ConvolutionAttributes,
): Value {
  return only(
    graph.add('conv2dInputGradient', [shapeOf(graph, x), filter, gradient], { ...attributes, shape: x.shape }),
  );
}
