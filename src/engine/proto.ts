import protobuf from 'protobufjs/minimal.js';
import { assertNever } from '../contract/errors.ts';
import type { Attribute } from './ir/attribute.ts';
import type { DataType } from './ir/node.ts';

/*
 * The few messages of TensorFlow's protocol buffers that a training graph needs, each written field by field. Field
 * numbers are those of tensorflow/core/framework/{node_def,attr_value,tensor,tensor_shape,types,graph}.proto and
 * tensorflow/core/protobuf/{meta_graph,saved_model}.proto.
 */

export type Writer = protobuf.Writer;

const DATA_TYPES: Readonly<Record<DataType, number>> = {
  float32: 1,
  int32: 3,
  uint8: 4,
  string: 7,
  bool: 10,
  bfloat16: 14,
  resource: 20,
};

const LENGTH_DELIMITED = 2;

/** A `NodeDef`. An input is a node's name, with `:1` for its second output; `^name` is a control input. */
export interface NodeMessage {
  readonly name: string;
  readonly op: string;
  readonly inputs: readonly string[];
  readonly attributes: Readonly<Record<string, Attribute>>;
}

/** A `TensorInfo`: an input or output of a signature. */
export interface TensorMessage {
  readonly name: string;
  readonly dtype: DataType;
  readonly shape: readonly number[];
}

export interface SignatureMessage {
  readonly inputs: Readonly<Record<string, TensorMessage>>;
  readonly outputs: Readonly<Record<string, TensorMessage>>;
}

/** Serialises a message: `write` fills it. */
export function serialise(write: (writer: Writer) => void): Uint8Array {
  const writer = protobuf.Writer.create();
  write(writer);
  return writer.finish();
}

/** A field that holds a message. */
export function message(writer: Writer, field: number, write: (writer: Writer) => void): void {
  writer.uint32(tag(field, LENGTH_DELIMITED)).fork();
  write(writer);
  writer.ldelim();
}

export function text(writer: Writer, field: number, value: string): void {
  writer.uint32(tag(field, LENGTH_DELIMITED)).string(value);
}

export function integer(writer: Writer, field: number, value: number): void {
  writer.uint32(tag(field, 0)).int64(value);
}

/** An entry of a map from text to messages. */
export function entry(writer: Writer, field: number, key: string, write: (writer: Writer) => void): void {
  message(writer, field, (inner) => {
    text(inner, 1, key);
    message(inner, 2, write);
  });
}

export function node(writer: Writer, { name, op, inputs, attributes }: NodeMessage): void {
  text(writer, 1, name);
  text(writer, 2, op);
  for (const input of inputs) text(writer, 3, input);
  for (const [key, attribute] of Object.entries(attributes)) {
    entry(writer, 5, key, (inner) => attributeValue(inner, attribute));
  }
}

export function signature(writer: Writer, { inputs, outputs }: SignatureMessage): void {
  for (const [key, tensor] of Object.entries(inputs)) entry(writer, 1, key, (inner) => tensorInfo(inner, tensor));
  for (const [key, tensor] of Object.entries(outputs)) entry(writer, 2, key, (inner) => tensorInfo(inner, tensor));
  text(writer, 3, 'tensorflow/serving/predict');
}

function tensorInfo(writer: Writer, { name, dtype, shape }: TensorMessage): void {
  text(writer, 1, name);
  integer(writer, 2, DATA_TYPES[dtype]);
  message(writer, 3, (inner) => tensorShape(inner, shape));
}

function attributeValue(writer: Writer, attribute: Attribute): void {
  switch (attribute.kind) {
    case 'string':
      return text(writer, 2, attribute.value);
    case 'int':
      return integer(writer, 3, attribute.value);
    case 'float':
      writer.uint32(tag(4, 5)).float(attribute.value);
      return;
    case 'bool':
      writer.uint32(tag(5, 0)).bool(attribute.value);
      return;
    case 'type':
      return integer(writer, 6, DATA_TYPES[attribute.value]);
    case 'shape':
      return message(writer, 7, (inner) => tensorShape(inner, attribute.value));
    case 'ints':
      return message(writer, 1, (list) =>
        message(list, 3, (inner) => attribute.value.forEach((one) => inner.int64(one))),
      );
    case 'tensor':
      return message(writer, 8, (inner) => {
        integer(inner, 1, DATA_TYPES[attribute.dtype]);
        message(inner, 2, (dimensions) => tensorShape(dimensions, attribute.shape));
        inner.uint32(tag(4, LENGTH_DELIMITED)).bytes(attribute.content);
      });
    default:
      return assertNever(attribute);
  }
}

function tensorShape(writer: Writer, shape: readonly number[]): void {
  for (const size of shape) message(writer, 2, (dimension) => integer(dimension, 1, size));
}

function tag(field: number, wireType: number): number {
  return (field << 3) | wireType;
}
