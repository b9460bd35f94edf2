import type { DataType } from './node.ts';

/** An attribute of a TensorFlow node (`AttrValue`). */
export type Attribute =
  | { readonly kind: 'type'; readonly value: DataType }
  | { readonly kind: 'int'; readonly value: number }
  | { readonly kind: 'float'; readonly value: number }
  | { readonly kind: 'bool'; readonly value: boolean }
  | { readonly kind: 'string'; readonly value: string }
  | { readonly kind: 'ints'; readonly value: readonly number[] }
  | { readonly kind: 'shape'; readonly value: readonly number[] }
  | {
      readonly kind: 'tensor';
      readonly dtype: DataType;
      readonly shape: readonly number[];
      readonly content: Uint8Array;
    };

export const type = (value: DataType): Attribute => ({ kind: 'type', value });
export const int = (value: number): Attribute => ({ kind: 'int', value });
export const float = (value: number): Attribute => ({ kind: 'float', value });
export const bool = (value: boolean): Attribute => ({ kind: 'bool', value });
export const string = (value: string): Attribute => ({ kind: 'string', value });
export const ints = (value: readonly number[]): Attribute => ({ kind: 'ints', value });
export const shape = (value: readonly number[]): Attribute => ({ kind: 'shape', value });

/** A TensorFlow operation's name and attributes; its inputs are the node's. */
export interface LoweredOp {
  readonly op: string;
  readonly attributes: Readonly<Record<string, Attribute>>;
}
