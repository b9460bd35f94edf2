import { UserError } from '../../contract/errors.ts';
import * as header from '../../data/files/safetensorsHeader.ts';

/** A checkpoint's own use of the safetensors format: one vector of float32 (`F32`), with names for its pieces. */

/** A named piece of the data; `offset` counts floats from the start of the data. */
export interface TensorPlace {
  readonly name: string;
  readonly shape: readonly number[];
  readonly offset: number;
  readonly size: number;
}

export interface TensorFile {
  readonly metadata: Readonly<Record<string, string>>;
  readonly tensors: readonly TensorPlace[];
  /** All tensors' floats, one after the other. */
  readonly data: Float32Array;
}

const FLOAT_BYTES = 4;

/** The bytes before the data. `tensors` must cover the data without gap or overlap, in any order. */
export function encodeHeader({ metadata, tensors }: Omit<TensorFile, 'data'>): Uint8Array {
  const inOrder = tensors.toSorted((left, right) => left.offset - right.offset || left.size - right.size);
  return header.encodeHeader(new Map(inOrder.map(({ name, shape }) => [name, { type: 'F32', shape }])), metadata);
}

/** Stricter than the format, which leaves open what a key given twice means. */
function isOneWay(json: Uint8Array): boolean {
  const text = Buffer.from(json).toString().trimEnd();
  return JSON.stringify(JSON.parse(text)) === text;
}

/**
 * Reads a file that may be damaged or hostile: every size is checked against the bytes present before it is used. Throws a
 * `UserError` that says what is wrong; `data` is a copy.
 */
export function decodeTensors(bytes: Uint8Array, file: string): TensorFile {
  const refuse = (what: string): never => {
    throw new UserError({
      code: 'failed',
      message: `The checkpoint ${file} is damaged: ${what}`,
      where: file,
      hint: 'Use the checkpoint before it',
    });
  };
  const dataStart = header.LENGTH_BYTES + header.headerLength(bytes, bytes.length, refuse);
  const json = bytes.subarray(header.LENGTH_BYTES, dataStart);
  const { metadata, tensors } = header.decodeHeader(json, bytes.length - dataStart, refuse);
  if (!isOneWay(json)) refuse('its header has a key twice, or is not as it was written');
  const places = [...tensors].map(([name, { type, shape, start, end }]) => {
    if (type !== 'F32') refuse(`the tensor ${name} is ${type}`);
    return { name, shape, offset: start / FLOAT_BYTES, size: (end - start) / FLOAT_BYTES };
  });
  const data = new Float32Array((bytes.length - dataStart) / FLOAT_BYTES);
  new Uint8Array(data.buffer).set(bytes.subarray(dataStart));
  return { metadata: Object.fromEntries(metadata), tensors: places, data };
}
