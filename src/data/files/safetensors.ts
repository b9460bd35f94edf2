import { UserError } from '../../contract/errors.ts';

/**
 * The safetensors format (huggingface/safetensors, README "Format"): the header's length as an unsigned 64-bit
 * little-endian number, the header as JSON, then the tensors' bytes, little-endian, without gap or overlap.
 */

/** A tensor to write. Counters (`num_batches_tracked`) are 64-bit integers, everything else is float32. */
export interface WrittenTensor {
  readonly shape: readonly number[];
  readonly values: Float32Array | BigInt64Array;
}

/** A tensor that was read; floating-point numbers of other widths have become float32. */
export interface ReadTensor {
  readonly shape: readonly number[];
  /** Null where it holds integers or booleans. */
  readonly values: Float32Array | null;
}

export interface SafetensorsFile {
  readonly metadata: ReadonlyMap<string, string>;
  readonly tensors: ReadonlyMap<string, ReadTensor>;
}

const LENGTH_BYTES = 8;
/** The format's own limit. */
const MAX_HEADER_BYTES = 100_000_000;
const METADATA = '__metadata__';

const BYTES_OF = {
  F64: 8,
  F32: 4,
  F16: 2,
  BF16: 2,
  I64: 8,
  I32: 4,
  I16: 2,
  I8: 1,
  U64: 8,
  U32: 4,
  U16: 2,
  U8: 1,
  BOOL: 1,
} as const;
type ElementType = keyof typeof BYTES_OF;

/** The parts of a file, in order. */
export function encodeSafetensors(
  tensors: ReadonlyMap<string, WrittenTensor>,
  metadata: Readonly<Record<string, string>>,
): Uint8Array[] {
  let end = 0;
  const entries = [...tensors].map(([name, { shape, values }]) => {
    const start = end;
    end += values.byteLength;
    return [
      name,
      { dtype: values instanceof Float32Array ? 'F32' : 'I64', shape, data_offsets: [start, end] },
    ] as const;
  });
  const text = JSON.stringify(Object.fromEntries([[METADATA, metadata] as const, ...entries]));
  const length = Buffer.byteLength(text);
  // Padded with spaces, so that the data is aligned.
  const padded = Math.ceil(length / LENGTH_BYTES) * LENGTH_BYTES;
  const header = Buffer.alloc(LENGTH_BYTES + padded, ' ');
  header.writeBigUInt64LE(BigInt(padded));
  header.write(text, LENGTH_BYTES);
  const contents = [...tensors.values()].map(
    ({ values: { buffer, byteOffset, byteLength } }) => new Uint8Array(buffer, byteOffset, byteLength),
  );
  return [header, ...contents];
}

/**
 * Reads a file that may be damaged or hostile: every size is checked against the bytes present before it is used, and the
 * tensors must cover the data without gap or overlap, which also refuses a name that is given twice. Throws a `UserError`.
 */
export function decodeSafetensors(bytes: Uint8Array, file: string): SafetensorsFile {
  const refuse = (what: string): never => {
    throw new UserError({
      code: 'bad-input',
      message: `${file} is no safetensors file that can be read: ${what}`,
      where: file,
      hint: 'Write it with safetensors.torch.save_file(model.state_dict(), ...)',
    });
  };
  if (bytes.length < LENGTH_BYTES) refuse(`it has ${bytes.length} bytes only`);
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const headerLength = Number(view.getBigUint64(0, true));
  if (headerLength > MAX_HEADER_BYTES) refuse(`its header claims ${headerLength} bytes`);
  const dataStart = LENGTH_BYTES + headerLength;
  if (dataStart > bytes.length) refuse('it ends within its header');
  const { metadata, places } =
    readHeader(bytes.subarray(LENGTH_BYTES, dataStart)) ?? refuse('its header cannot be read');
  const data = bytes.subarray(dataStart);
  const end = covered(places.values()) ?? refuse('its tensors overlap or leave a gap');
  if (end !== data.length) refuse(`its tensors take ${end} of ${data.length} bytes`);
  const tensors = new Map(
    [...places].map(([name, { type, shape, start, end: last }]) => [
      name,
      { shape, values: asFloats(new Uint8Array(data.subarray(start, last)), type) },
    ]),
  );
  return { metadata, tensors };
}

interface Place {
  readonly type: ElementType;
  readonly shape: readonly number[];
  readonly start: number;
  readonly end: number;
}

function readHeader(bytes: Uint8Array): { metadata: Map<string, string>; places: Map<string, Place> } | null {
  let parsed: unknown;
  try {
    parsed = JSON.parse(new TextDecoder('utf-8', { fatal: true }).decode(bytes));
  } catch {
    return null;
  }
  if (!isRecord(parsed)) return null;
  const metadata = new Map<string, string>();
  const places = new Map<string, Place>();
  for (const [name, entry] of Object.entries(parsed)) {
    if (name === METADATA) {
      if (!isRecord(entry)) return null;
      for (const [key, value] of Object.entries(entry)) {
        if (typeof value !== 'string') return null;
        metadata.set(key, value);
      }
      continue;
    }
    const place = readPlace(entry);
    if (!place) return null;
    places.set(name, place);
  }
  return { metadata, places };
}

function readPlace(entry: unknown): Place | null {
  if (!isRecord(entry)) return null;
  const { dtype, shape, data_offsets: offsets } = entry;
  if (typeof dtype !== 'string' || !Object.hasOwn(BYTES_OF, dtype)) return null;
  if (!areWholeNumbers(shape) || !areWholeNumbers(offsets) || offsets.length !== 2) return null;
  const type = dtype as ElementType;
  const [start, end] = offsets as [number, number];
  const size = shape.reduce((product, length) => product * length, BYTES_OF[type]);
  return end - start === size ? { type, shape, start, end } : null;
}

/** How many bytes the tensors cover from the start on; null where two overlap or something lies between them. */
function covered(places: Iterable<Place>): number | null {
  let reached = 0;
  for (const { start, end } of [...places].sort((left, right) => left.start - right.start || left.end - right.end)) {
    if (start !== reached) return null;
    reached = end;
  }
  return reached;
}

/** `bytes` is a copy of its own, so that it starts at an address that any type may have. */
function asFloats(bytes: Uint8Array<ArrayBuffer>, type: ElementType): Float32Array | null {
  const { buffer } = bytes;
  switch (type) {
    case 'F32':
      return new Float32Array(buffer);
    case 'F64':
      return Float32Array.from(new Float64Array(buffer));
    case 'F16':
      return Float32Array.from(new Uint16Array(buffer), fromHalf);
    case 'BF16':
      // The upper half of a float32.
      return new Float32Array(Uint32Array.from(new Uint16Array(buffer), (half) => half << 16).buffer);
    default:
      return null;
  }
}

/** IEEE 754 binary16. */
function fromHalf(bits: number): number {
  const sign = bits >> 15 === 1 ? -1 : 1;
  const exponent = (bits >> 10) & 0x1f;
  const fraction = bits & 0x3ff;
  if (exponent === 0x1f) return fraction === 0 ? sign * Infinity : NaN;
  return exponent === 0 ? sign * fraction * 2 ** -24 : sign * (1 + fraction / 1024) * 2 ** (exponent - 15);
}

function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

function areWholeNumbers(value: unknown): value is number[] {
  return Array.isArray(value) && value.every((number) => Number.isSafeInteger(number) && number >= 0);
}
