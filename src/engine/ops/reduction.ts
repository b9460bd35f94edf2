import { bool, type } from '../ir/attribute.ts';
import type { Node, Value } from '../ir/node.ts';
import { input } from './rule.ts';

/** The type that is left when some axes are reduced. */
export function reducedType(inputs: readonly Value[], axes: readonly number[]) {
  const { dtype, shape } = input(inputs, 0);
  if (axes.some((axis) => axis < 0 || axis >= shape.length)) throw new Error(`No axes ${axes.join(', ')} to reduce`);
  return { dtype, shape: shape.filter((_, axis) => !axes.includes(axis)) };
}

export function lowerReduction(op: string, { inputs }: Node<'mean' | 'min' | 'sum'>) {
  const attributes = { T: type(input(inputs, 0).dtype), Tidx: type('int32'), keep_dims: bool(false) };
  return { op, attributes };
}
