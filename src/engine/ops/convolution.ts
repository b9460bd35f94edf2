import { ints, string, type, type Attribute } from '../ir/attribute.ts';
import type { Node, Value } from '../ir/node.ts';
import type { ConvolutionAttributes } from './attributes.ts';
import { input } from './rule.ts';

type ConvolutionKind = 'conv2d' | 'conv2dInputGradient' | 'conv2dFilterGradient';

/** [batch, height, width, out] of a convolution of [batch, height, width, in] with [height, width, in, out]. */
export function convolvedShape(inputs: readonly Value[], { stride, padding }: ConvolutionAttributes): number[] {
  const [batch, height, width, channels] = input(inputs, 0).shape as [number, number, number, number];
  const [windowHeight, windowWidth, inChannels, outChannels] = input(inputs, 1).shape as [
    number,
    number,
    number,
    number,
  ];
  if (channels !== inChannels) throw new Error(`A filter for ${inChannels} channels meets ${channels}`);
  const out = (size: number, window: number) => Math.floor((size + 2 * padding - window) / stride) + 1;
  return [batch, out(height, windowHeight), out(width, windowWidth), outChannels];
}

/**
 * The attributes that TensorFlow's convolution and its two gradients share. At stride 1 `SAME` pads both sides alike and
 * has kernels twice as fast as those for padding by numbers; at stride 2 it would pad one side only, unlike the papers.
 */
export function convolutionAttributes({
  outputs,
  attributes: { stride, padding },
}: Node<ConvolutionKind>): Record<string, Attribute> {
  const common = { T: type(outputs[0]!.dtype), strides: ints([1, stride, stride, 1]), data_format: string('NHWC') };
  if (padding === 0) return { ...common, padding: string('VALID') };
  if (stride === 1) return { ...common, padding: string('SAME') };
  const sides = [0, 0, padding, padding, padding, padding, 0, 0];
  return { ...common, padding: string('EXPLICIT'), explicit_paddings: ints(sides) };
}
