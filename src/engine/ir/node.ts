import type { OpAttributes, OpName } from '../ops/attributes.ts';

export type DataType = 'float32' | 'bfloat16' | 'int32' | 'uint8' | 'bool' | 'string' | 'resource';

/** The size of a dimension that is known only when a batch is fed. */
export const BATCH = -1;

export interface TensorType {
  readonly dtype: DataType;
  readonly shape: readonly number[];
}

/** One output of a node. Each is made once, so that values can be compared and used as keys. */
export interface Value extends TensorType {
  readonly node: Node;
  /** Which of the node's outputs. */
  readonly index: number;
}

/** One operation of the graph. Frozen: a pass over the graph adds nodes, it changes none. */
export interface Node<Kind extends OpName = OpName> {
  readonly kind: Kind;
  /** Unique in its graph: the scope (a layer's name) and the kind. */
  readonly name: string;
  readonly inputs: readonly Value[];
  /** Nodes that must have run before this one, though it takes nothing from them. */
  readonly after: readonly Node[];
  readonly attributes: OpAttributes[Kind];
  readonly outputs: readonly Value[];
}

/** Elements of a tensor; throws where the batch is among its dimensions. */
export function elementCount(shape: readonly number[]): number {
  if (shape.includes(BATCH)) throw new Error(`The number of elements of [${shape.join(', ')}] depends on the batch`);
  return shape.reduce((product, size) => product * size, 1);
}

export function sameShape(left: readonly number[], right: readonly number[]): boolean {
  return left.length === right.length && left.every((size, axis) => size === right[axis]);
}

/** The only output of a node that has one. */
export function only(node: Node): Value {
  const [value, second] = node.outputs;
  if (value === undefined || second !== undefined) throw new Error(`${node.name} has ${node.outputs.length} outputs`);
  return value;
}
