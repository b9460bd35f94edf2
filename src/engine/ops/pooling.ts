import { ints, string, type, type Attribute } from '../ir/attribute.ts';
import type { Node, Value } from '../ir/node.ts';
import type { PoolingAttributes } from './attributes.ts';
import { input } from './rule.ts';

/** [batch, height, width, channels] of the largest of each window. */
export function pooledShape(inputs: readonly Value[], { window, stride, padding }: PoolingAttributes): number[] {
  const [batch, height, width, channels] = input(inputs, 0).shape as [number, number, number, number];
  const out = (size: number) => Math.floor((size + 2 * padding - window) / stride) + 1;
  return [batch, out(height), out(width), channels];
}

/** The attributes that TensorFlow's pooling and its gradient share. `SAME` would pad one side only, unlike PyTorch. */
export function poolingAttributes({
  inputs,
  attributes: { window, stride, padding },
}: Node<'maxPool' | 'maxPoolGradient'>): Record<string, Attribute> {
  const common = {
    T: type(input(inputs, 0).dtype),
    ksize: ints([1, window, window, 1]),
    strides: ints([1, stride, stride, 1]),
    data_format: string('NHWC'),
  };
  if (padding === 0) return { ...common, padding: string('VALID') };
  const sides = [0, 0, padding, padding, padding, padding, 0, 0];
  return { ...common, padding: string('EXPLICIT'), explicit_paddings: ints(sides) };
}
