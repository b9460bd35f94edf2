import { elementCount, sameShape } from './ir/node.ts';
import type { OwnedTensor } from './layers/layer.ts';
import type { TensorSlice } from './program.ts';

/** Tensors of one shape that lie one after the other: [members, ...shape] in one piece. */
export interface TensorGroup {
  readonly shape: readonly number[];
  /** Places in the layout's list of tensors. */
  readonly members: readonly number[];
  /** Elements of all members together. */
  readonly size: number;
}

/**
 * How the tensors of a network lie in one flat vector. The list is in depth order; in the vector, tensors of one shape
 * stand together, kernels before all others. A group is then taken apart and put together by one node each, whatever the
 * depth, and the kernels (what always decays) are one piece.
 */
export interface Layout<Role extends string> {
  readonly tensors: readonly TensorSlice<Role>[];
  readonly groups: readonly TensorGroup[];
  readonly size: number;
  /** Elements of all kernels; they come first. */
  readonly kernelSize: number;
}

export function planLayout<Role extends string>(owned: readonly OwnedTensor<Role>[]): Layout<Role> {
  const groups: { isKernel: boolean; shape: readonly number[]; members: number[] }[] = [];
  owned.forEach(({ role, shape }, index) => {
    const isKernel = role === 'kernel';
    const group = groups.find((one) => one.isKernel === isKernel && sameShape(one.shape, shape));
    if (group) group.members.push(index);
    else groups.push({ isKernel, shape, members: [index] });
  });
  groups.sort((left, right) => Number(right.isKernel) - Number(left.isKernel));

  const offsets = new Map<number, number>();
  let size = 0;
  let kernelSize = 0;
  const sized = groups.map(({ isKernel, shape, members }) => {
    const each = elementCount(shape);
    members.forEach((member, position) => offsets.set(member, size + position * each));
    size += each * members.length;
    if (isKernel) kernelSize = size;
    return { shape, members, size: each * members.length };
  });
  const tensors = owned.map((tensor, index) => ({
    ...tensor,
    offset: offsets.get(index)!,
    size: elementCount(tensor.shape),
  }));
  return { tensors, groups: sized, size, kernelSize };
}
