/**
 * The header of the safetensors format (huggingface/safetensors, README "Format"): its length as an unsigned 64-bit
 * little-endian number, then JSON; the tensors' bytes follow, little-endian, without gap or overlap.
 */

export const BYTES_OF = {
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
export type ElementType = keyof typeof BYTES_OF;

/** Where a tensor's bytes lie, counted from the end of the header. */
export interface TensorSpan {
  readonly type: ElementType;
  readonly shape: readonly number[];
  readonly start: number;
  readonly end: number;
}

export interface SafetensorsHeader {
  readonly metadata: ReadonlyMap<string, string>;
  readonly tensors: ReadonlyMap<string, TensorSpan>;
}

export const LENGTH_BYTES = 8;
/** The format's own limit. */
const MAX_HEADER_BYTES = 100_000_000;
const METADATA = '__metadata__';

/** A tensor to write; bytes follow each other in the order of the map. */
export interface TensorShape {
  readonly type: ElementType;
  readonly shape: readonly number[];
}

/**
 * The bytes before the data, padded with spaces to a multiple of 8, so that the data is aligned, and to `minimumBytes`, so
 * that a header can be written last.
 */
export function encodeHeader(
  tensors: ReadonlyMap<string, TensorShape>,
  metadata: Readonly<Record<string, string>>,
  minimumBytes = 0,
): Uint8Array {
  let end = 0;
  const entries = [...tensors].map(([name, { type, shape }]) => {
    const start = end;
    end += sizeOf(type, shape);
    return [name, { dtype: type, shape, data_offsets: [start, end] }] as const;
  });
  const text = JSON.stringify(Object.fromEntries([[METADATA, metadata] as const, ...entries]));
  const length = Math.max(Buffer.byteLength(text), minimumBytes - LENGTH_BYTES);
  const padded = Math.ceil(length / LENGTH_BYTES) * LENGTH_BYTES;
  const bytes = Buffer.alloc(LENGTH_BYTES + padded, ' ');
  bytes.writeBigUInt64LE(BigInt(padded));
  bytes.write(text, LENGTH_BYTES);
  return bytes;
}

/**
 * Length of the JSON text that follows the first 8 bytes. Calls `refuse`, which throws, where the file of `fileBytes` bytes
 * cannot have such a header.
 */
export function headerLength(first: Uint8Array, fileBytes: number, refuse: (what: string) => never): number {
  if (fileBytes < LENGTH_BYTES) refuse(`it has ${fileBytes} bytes only`);
  const length = Number(new DataView(first.buffer, first.byteOffset, first.byteLength).getBigUint64(0, true));
  if (length > MAX_HEADER_BYTES) refuse(`its header claims ${length} bytes`);
  if (LENGTH_BYTES + length > fileBytes) refuse('it ends within its header');
  return length;
}

/**
 * Reads a header that may be damaged or hostile: the tensors must cover the `dataBytes` bytes after it without gap or
 * overlap, which also refuses a name that is given twice. Calls `refuse`, which throws, where they do not.
 */
export function decodeHeader(json: Uint8Array, dataBytes: number, refuse: (what: string) => never): SafetensorsHeader {
  const header = parseHeader(json) ?? refuse('its header cannot be read');
  const end = covered(header.tensors.values()) ?? refuse('its tensors overlap or leave a gap');
  if (end !== dataBytes) refuse(`its tensors take ${end} of ${dataBytes} bytes`);
  return header;
}

function parseHeader(json: Uint8Array): SafetensorsHeader | null {
  let parsed: unknown;
  try {
    parsed = JSON.parse(new TextDecoder('utf-8', { fatal: true }).decode(json));
  } catch {
    return null;
  }
  if (!isRecord(parsed)) return null;
  const metadata = new Map<string, string>();
  const tensors = new Map<string, TensorSpan>();
  for (const [name, entry] of Object.entries(parsed)) {
    if (name === METADATA) {
      if (!isRecord(entry)) return null;
      for (const [key, value] of Object.entries(entry)) {
        if (typeof value !== 'string') return null;
        metadata.set(key, value);
      }
      continue;
    }
    const span = parseSpan(entry);
    if (!span) return null;
    tensors.set(name, span);
  }
  return { metadata, tensors };
}

function parseSpan(entry: unknown): TensorSpan | null {
  if (!isRecord(entry) || Object.keys(entry).length !== 3) return null;
  const { dtype, shape, data_offsets: offsets } = entry;
  if (typeof dtype !== 'string' || !Object.hasOwn(BYTES_OF, dtype)) return null;
  if (!areWholeNumbers(shape) || !areWholeNumbers(offsets) || offsets.length !== 2) return null;
  const type = dtype as ElementType;
  const [start, end] = offsets as [number, number];
  return end - start === sizeOf(type, shape) ? { type, shape, start, end } : null;
}

/** How many bytes the tensors cover from the start on; null where two overlap or something lies between them. */
function covered(spans: Iterable<TensorSpan>): number | null {
  let reached = 0;
  for (const { start, end } of [...spans].sort((left, right) => left.start - right.start || left.end - right.end)) {
    if (start !== reached) return null;
    reached = end;
  }
  return reached;
}

function sizeOf(type: ElementType, shape: readonly number[]): number {
  return shape.reduce((product, length) => product * length, BYTES_OF[type]);
}

function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

function areWholeNumbers(value: unknown): value is number[] {
  return Array.isArray(value) && value.every((number) => Number.isSafeInteger(number) && number >= 0);
}
