import { UserError } from '../../contract/errors.ts';

/** An array as NumPy holds it, row-major. */
export interface NumpyArray {
  readonly shape: readonly number[];
  /** `<f4`, `<i8` and so on, as the file has it. */
  readonly dtype: string;
  readonly values: Float32Array | Float64Array | Int32Array | BigInt64Array | Uint8Array;
}

const MAGIC = Buffer.from('\x93NUMPY', 'latin1');
const MAX_HEADER_BYTES = 65_536;
const MAX_DIMENSIONS = 32;

/** What can be read; object arrays, which would need a pickle to be run, cannot. */
const TYPES = {
  '<f4': Float32Array,
  '<f8': Float64Array,
  '<i4': Int32Array,
  '<i8': BigInt64Array,
  '|u1': Uint8Array,
} as const;

const HEADER =
  /^\s*\{\s*'descr'\s*:\s*'([^'\\]{1,16})'\s*,\s*'fortran_order'\s*:\s*(True|False)\s*,\s*'shape'\s*:\s*\(([\d\s,]*)\)\s*,?\s*\}\s*$/;

/**
 * Reads the NPY format (NumPy, "NEP 1", versions 1 to 3) from bytes that may be damaged or hostile: the header has a
 * grammar of its own and is never evaluated, and shape and type must give exactly the bytes present before anything is
 * allocated. `place` names the array in what is thrown, a `UserError`.
 */
export function readNpy(bytes: Uint8Array, place: string): NumpyArray {
  const refuse = (what: string, hint = 'Save it with numpy.save or numpy.savez') =>
    new UserError({ code: 'bad-input', message: `${place} ${what}`, where: place, hint });
  if (bytes.length < 10 || !MAGIC.equals(bytes.subarray(0, MAGIC.length))) throw refuse('is no NPY array');
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const version = bytes[6]!;
  if (version < 1 || version > 3 || (version > 1 && bytes.length < 12)) throw refuse(`is of NPY version ${version}`);
  const headerLength = version === 1 ? view.getUint16(8, true) : view.getUint32(8, true);
  const dataStart = (version === 1 ? 10 : 12) + headerLength;
  if (headerLength > MAX_HEADER_BYTES || dataStart > bytes.length) throw refuse('ends within its header');
  const header = Buffer.from(bytes.subarray(dataStart - headerLength, dataStart)).toString('latin1');
  const match = HEADER.exec(header);
  if (!match) throw refuse('has a header that cannot be read');
  const [, dtype = '', order, sizes = ''] = match;
  const TypedArray = Object.hasOwn(TYPES, dtype) ? TYPES[dtype as keyof typeof TYPES] : null;
  if (!TypedArray) throw refuse(`is of type ${dtype}`, `Types that can be read: ${Object.keys(TYPES).join(', ')}`);
  const shape = sizes
    .split(',')
    .map((size) => size.trim())
    .filter((size) => size !== '')
    .map(Number);
  const isVector = shape.filter((size) => size !== 1).length <= 1;
  if (order === 'True' && !isVector) throw refuse('is in Fortran order', 'Save numpy.ascontiguousarray(...) of it');
  if (shape.length > MAX_DIMENSIONS) throw refuse(`has ${shape.length} dimensions`);
  const needed = shape.reduce((product, size) => product * size, TypedArray.BYTES_PER_ELEMENT);
  const present = bytes.length - dataStart;
  if (needed !== present) throw refuse(`claims ${needed} bytes of data and has ${present}`);
  // A copy, since the data may lie at any address.
  return { shape, dtype, values: new TypedArray(new Uint8Array(bytes.subarray(dataStart)).buffer) };
}
