import { bool, float, string, type, type Attribute } from '../ir/attribute.ts';

/** The attributes that TensorFlow's fused batch norm and its gradient share. */
export function fusedAttributes(epsilon: number, isTraining: boolean): Record<string, Attribute> {
  return {
    T: type('float32'),
    U: type('float32'),
    epsilon: float(epsilon),
    data_format: string('NHWC'),
    is_training: bool(isTraining),
  };
}
