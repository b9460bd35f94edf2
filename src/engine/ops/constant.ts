import { type } from '../ir/attribute.ts';
import type { Graph } from '../ir/graph.ts';
import { elementCount, only, type Value } from '../ir/node.ts';
import type { OpRule } from './rule.ts';

export const constantRule: OpRule<'constant'> = {
  shape(_inputs, { dtype, shape, values }) {
    if (elementCount(shape) !== values.length) throw new Error(`${values.length} values for [${shape.join(', ')}]`);
    return [{ dtype, shape }];
  },

  gradient: null,

  lower({ attributes: { dtype, shape, values } }) {
    const array = dtype === 'float32' ? Float32Array.from(values) : Int32Array.from(values);
    const value = { kind: 'tensor', dtype, shape, content: new Uint8Array(array.buffer) } as const;
    return { op: 'Const', attributes: { dtype: type(dtype), value } };
  },
};

/** A float32 constant; equal ones share a node. */
export function constant(graph: Graph, values: number | readonly number[]): Value {
  return sharedConstant(graph, 'float32', ...vectorOf(values));
}

/** An int32 constant; equal ones share a node. */
export function integers(graph: Graph, values: number | readonly number[]): Value {
  return sharedConstant(graph, 'int32', ...vectorOf(values));
}

/** A matrix of int32 constants, row by row; equal ones share a node. */
export function integerMatrix(graph: Graph, rows: readonly (readonly number[])[]): Value {
  return sharedConstant(graph, 'int32', rows.flat(), [rows.length, rows[0]?.length ?? 0]);
}

/** A float32 constant of any shape, row-major, under a name of its own. */
export function tensorConstant(graph: Graph, name: string, shape: readonly number[], values: Float32Array): Value {
  return only(graph.add('constant', [], { dtype: 'float32', shape, values }, { name }));
}

function vectorOf(given: number | readonly number[]): [values: readonly number[], shape: readonly number[]] {
  return typeof given === 'number' ? [[given], []] : [given, [given.length]];
}

function sharedConstant(
  graph: Graph,
  dtype: 'float32' | 'int32',
  values: readonly number[],
  shape: readonly number[],
): Value {
  return graph.shared(`${dtype}[${shape.join('x')}] ${values.join(' ')}`, () =>
    graph.within('constants', () => only(graph.add('constant', [], { dtype, shape, values }))),
  );
}
