import type { LoweredOp } from '../ir/attribute.ts';
import type { Graph } from '../ir/graph.ts';
import type { Node, TensorType, Value } from '../ir/node.ts';
import type { OpAttributes, OpName } from './attributes.ts';

/**
 * Gives the loss's gradient with respect to each input, from those with respect to the outputs (undefined where an
 * output does not reach the loss). An input that is not `wanted` may be left undefined.
 */
export type GradientRule<Kind extends OpName> = (
  graph: Graph,
  node: Node<Kind>,
  gradients: readonly (Value | undefined)[],
  wanted: readonly boolean[],
) => readonly (Value | undefined)[];

/** All that the compiler knows of an operation. */
export interface OpRule<Kind extends OpName> {
  /** The outputs' types. Throws where the inputs do not fit together: a fault of the caller, not of a user. */
  shape(inputs: readonly Value[], attributes: OpAttributes[Kind]): readonly TensorType[];
  /** Null where a gradient never has to pass through. */
  readonly gradient: GradientRule<Kind> | null;
  lower(node: Node<Kind>): LoweredOp;
}

/** An input that the operation cannot do without. */
export function input(inputs: readonly Value[], index: number): Value {
  const value = inputs[index];
  if (value === undefined) throw new Error(`Input ${index} is missing`);
  return value;
}

/** The gradient of an operation's first output. */
export function first(gradients: readonly (Value | undefined)[]): Value {
  const gradient = gradients[0];
  if (gradient === undefined) throw new Error('The first output has no gradient');
  return gradient;
}
