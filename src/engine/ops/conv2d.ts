import type { Graph } from '../ir/graph.ts';
import { only, type Value } from '../ir/node.ts';
import type { ConvolutionAttributes } from './attributes.ts';
import { conv2dFilterGradient } from './conv2dFilterGradient.ts';
import { conv2dInputGradient } from './conv2dInputGradient.ts';
import { convolutionAttributes, convolvedShape } from './convolution.ts';
import { first, input, type OpRule } from './rule.ts';

export const conv2dRule: OpRule<'conv2d'> = {
  shape: (inputs, attributes) => [{ dtype: input(inputs, 0).dtype, shape: convolvedShape(inputs, attributes) }],

  gradient(graph, { inputs, attributes }, gradients, [wantsInput, wantsFilter]) {
    const [x, filter] = [input(inputs, 0), input(inputs, 1)];
    const gradient = first(gradients);
    return [
      wantsInput ? conv2dInputGradient(graph, x, filter, gradient, attributes) : undefined,
      wantsFilter ? conv2dFilterGradient(graph, x, filter, gradient, attributes) : undefined,
    ];
  },

  lower: (node) => ({ op: 'Conv2D', attributes: convolutionAttributes(node) }),
};

/** A convolution of images [batch, height, width, in] with a filter [height, width, in, out]. */
export function conv2d(graph: Graph, x: Value, filter: Value, attributes: ConvolutionAttributes): Value {
  return only(graph.add('conv2d', [x, filter], attributes));
}
