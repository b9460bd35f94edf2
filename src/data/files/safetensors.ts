import { UserError } from '../../contract/errors.ts';
import { decodeHeader, encodeHeader, headerLength, LENGTH_BYTES, type ElementType } from './safetensorsHeader.ts';

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

/** The parts of a file, in order. */
export function encodeSafetensors(
  tensors: ReadonlyMap<string, WrittenTensor>,
  metadata: Readonly<Record<string, string>>,
): Uint8Array[] {
  const shapes = new Map(
    [...tensors].map(([name, { shape, values }]) => {
      const type: ElementType = values instanceof Float32Array ? 'F32' : 'I64';
      return [name, { type, shape }];
    }),
  );
  const contents = [...tensors.values()].map(
    ({ values: { buffer, byteOffset, byteLength } }) => new Uint8Array(buffer, byteOffset, byteLength),
  );
  return [encodeHeader(shapes, metadata), ...contents];
}

/** Reads a file of weights that may be damaged or hostile. Throws a `UserError`. */
export function decodeSafetensors(bytes: Uint8Array, file: string): SafetensorsFile {
  const refuse = (what: string): never => {
    throw new UserError({
      code: 'bad-input',
      message: `${file} is no safetensors file that can be read: ${what}`,
      where: file,
      hint: 'Write it with safetensors.torch.save_file(model.state_dict(), ...)',
    });
  };
  const dataStart = LENGTH_BYTES + headerLength(bytes, bytes.length, refuse);
  const data = bytes.subarray(dataStart);
  const { metadata, tensors } = decodeHeader(bytes.subarray(LENGTH_BYTES, dataStart), data.length, refuse);
  const read = [...tensors].map(([name, { type, shape, start, end }]) => {
    return [name, { shape, values: asFloats(new Uint8Array(data.subarray(start, end)), type) }] as const;
  });
  return { metadata, tensors: new Map(read) };
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
