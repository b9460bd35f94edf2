import { bool, float, string, type, type Attribute } from '../ir/attribute.ts';

import type { TensorType } from '../ir/node.ts';

/** The attributes that TensorFlow's fused batch norm and its gradient share. */
export function fusedAttributes(
  epsilon: number,
  isTraining: boolean,
  { dtype }: TensorType,
): Record<string, Attribute> {
  return {
    T: type(dtype),
    U: type('float32'),
    epsilon: float(epsilon),
    data_format: string('NHWC'),
    is_training: bool(isTraining),
  };
}
