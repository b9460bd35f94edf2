import { bool, type } from '../ir/attribute.ts';
import type { Graph } from '../ir/graph.ts';
import { only, type Value } from '../ir/node.ts';
import { first, input, type OpRule } from './rule.ts';

export const matMulRule: OpRule<'matMul'> = {
  shape(inputs, { transposeLeft, transposeRight }) {
    const [rows, inner] = oriented(input(inputs, 0), transposeLeft);
    const [innerRight, columns] = oriented(input(inputs, 1), transposeRight);
    if (inner !== innerRight) throw new Error(`A product over ${inner} and ${innerRight} elements`);
    return [{ dtype: 'float32', shape: [rows, columns] }];
  },

  /** Y = A B: dA = dY B^T, dB = A^T dY. Networks multiply untransposed only. */
  gradient(graph, { inputs, attributes }, gradients, [wantsLeft, wantsRight]) {
    if (attributes.transposeLeft || attributes.transposeRight) throw new Error('A transposed product has no rule');
    const [left, right] = [input(inputs, 0), input(inputs, 1)];
    const gradient = first(gradients);
    return [
      wantsLeft ? matMul(graph, gradient, right, { transposeRight: true }) : undefined,
      wantsRight ? matMul(graph, left, gradient, { transposeLeft: true }) : undefined,
    ];
  },

  lower: ({ attributes: { transposeLeft, transposeRight } }) => ({
    op: 'MatMul',
    attributes: { T: type('float32'), transpose_a: bool(transposeLeft), transpose_b: bool(transposeRight) },
  }),
};

function oriented({ shape }: Value, transposed: boolean): [number, number] {
  const [rows, columns] = shape as [number, number];
  return transposed ? [columns, rows] : [rows, columns];
}

/** The product of two matrices. */
export function matMul(
  graph: Graph,
  left: Value,
  right: Value,
  { transposeLeft = false, transposeRight = false } = {},
): Value {
  return only(graph.add('matMul', [left, right], { transposeLeft, transposeRight }));
}
