import { UserError } from '../../contract/errors.ts';

/**
 * The safetensors layout (huggingface/safetensors, README "Format"): the header's length as an unsigned 64-bit
 * little-endian number, the header as JSON, and then the tensors' bytes, little-endian, without gap or overlap.
 * Only float32 (`F32`) is written and read.
 */

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

const LENGTH_BYTES = 8;
const FLOAT_BYTES = 4;
/** The format's own limit. */
const MAX_HEADER_BYTES = 100_000_000;
const METADATA = '__metadata__';

/** The bytes before the data. `tensors` must cover the data without gap or overlap, in any order. */
export function encodeHeader({ metadata, tensors }: Omit<TensorFile, 'data'>): Uint8Array {
  const entries = tensors.map(({ name, shape, offset, size }) => [
    name,
    { dtype: 'F32', shape, data_offsets: [offset * FLOAT_BYTES, (offset + size) * FLOAT_BYTES] },
  ]);
  const text = JSON.stringify(Object.fromEntries([[METADATA, metadata], ...entries]));
  const length = Buffer.byteLength(text);
  // Padded with spaces, so that the data is aligned.
  const padded = Math.ceil(length / LENGTH_BYTES) * LENGTH_BYTES;
  const bytes = Buffer.alloc(LENGTH_BYTES + padded, ' ');
  bytes.writeBigUInt64LE(BigInt(padded));
  bytes.write(text, LENGTH_BYTES);
  return bytes;
}

/**
 * Reads a file that may be damaged or hostile: every size is checked against the bytes present before it is used.
 * Stricter than the format: the header must be written as `encodeHeader` writes it, which leaves no room for a key given
 * twice. Throws a `UserError` that says what is wrong; `data` is a copy.
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
  if (bytes.length < LENGTH_BYTES) refuse(`it has ${bytes.length} bytes only`);
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const headerLength = Number(view.getBigUint64(0, true));
  if (headerLength > MAX_HEADER_BYTES) refuse(`its header claims ${headerLength} bytes`);
  const dataStart = LENGTH_BYTES + headerLength;
  if (dataStart > bytes.length) refuse('it ends within its header');
  const dataBytes = bytes.length - dataStart;
  const header = readHeader(bytes.subarray(LENGTH_BYTES, dataStart)) ?? refuse('its header cannot be read');
  const end = coveredFloats(header.tensors) ?? refuse('its tensors overlap or leave a gap');
  if (end * FLOAT_BYTES !== dataBytes) refuse(`its tensors take ${end * FLOAT_BYTES} of ${dataBytes} bytes`);
  const data = new Float32Array(end);
  new Uint8Array(data.buffer).set(bytes.subarray(dataStart));
  return { ...header, data };
}

function readHeader(bytes: Uint8Array): Omit<TensorFile, 'data'> | null {
  let text: string;
  let parsed: unknown;
  try {
    text = new TextDecoder('utf-8', { fatal: true }).decode(bytes).trimEnd();
    parsed = JSON.parse(text);
  } catch {
    return null;
  }
  if (!isRecord(parsed) || JSON.stringify(parsed) !== text) return null;
  const tensors: TensorPlace[] = [];
  let metadata: Record<string, string> = {};
  for (const [name, entry] of Object.entries(parsed)) {
    if (name === METADATA) {
      if (!isRecord(entry) || !Object.values(entry).every((value) => typeof value === 'string')) return null;
      metadata = entry as Record<string, string>;
      continue;
    }
    const tensor = readTensor(name, entry);
    if (!tensor) return null;
    tensors.push(tensor);
  }
  return { metadata, tensors };
}

function readTensor(name: string, entry: unknown): TensorPlace | null {
  if (!isRecord(entry) || Object.keys(entry).join() !== 'dtype,shape,data_offsets' || entry['dtype'] !== 'F32')
    return null;
  const { shape, data_offsets: offsets } = entry;
  if (!areWholeNumbers(shape) || !areWholeNumbers(offsets) || offsets.length !== 2) return null;
  const [start, end] = offsets as [number, number];
  const size = shape.reduce((product, length) => product * length, 1);
  if (start % FLOAT_BYTES !== 0 || end - start !== size * FLOAT_BYTES) return null;
  return { name, shape, offset: start / FLOAT_BYTES, size };
}

/** How many floats the tensors cover from the start on; null where two overlap or something lies between them. */
function coveredFloats(tensors: readonly TensorPlace[]): number | null {
  let end = 0;
  for (const { offset, size } of tensors.toSorted(
    (left, right) => left.offset - right.offset || left.size - right.size,
  )) {
    if (offset !== end) return null;
    end += size;
  }
  return end;
}

function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

function areWholeNumbers(value: unknown): value is number[] {
  return Array.isArray(value) && value.every((number) => Number.isSafeInteger(number) && number >= 0);
}
