import { type } from '../ir/attribute.ts';
import type { Value } from '../ir/node.ts';
import type { OpName } from './attributes.ts';
import { input, type OpRule } from './rule.ts';

type ElementwiseOp = 'divide' | 'minimum';

/** NumPy's broadcasting: sizes are compared from the last axis; 1 gives way. */
export function broadcast(left: readonly number[], right: readonly number[]): number[] {
  const rank = Math.max(left.length, right.length);
  return Array.from({ length: rank }, (_, axis) => {
    const a = left[axis - rank + left.length] ?? 1;
    const b = right[axis - rank + right.length] ?? 1;
    if (a !== b && a !== 1 && b !== 1) throw new Error(`[${left.join(', ')}] and [${right.join(', ')}] do not fit`);
    return a === 1 ? b : a;
  });
}

export function broadcastType(inputs: readonly Value[]) {
  const left = input(inputs, 0);
  const right = input(inputs, 1);
  if (left.dtype !== right.dtype) throw new Error(`${left.dtype} and ${right.dtype} do not fit`);
  return { dtype: left.dtype, shape: broadcast(left.shape, right.shape) };
}

/** The rule of an operation on two tensors, element by element, outside the path of any gradient. */
export function elementwise<Kind extends ElementwiseOp & OpName>(op: string): OpRule<Kind> {
  return {
    shape: (inputs) => [broadcastType(inputs)],
    gradient: null,
    lower: ({ inputs }) => ({ op, attributes: { T: type(input(inputs, 0).dtype) } }),
  };
}
