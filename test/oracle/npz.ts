import { crc32 } from 'node:zlib';

interface Array_ {
  readonly shape: readonly number[];
  readonly values: Float32Array | BigInt64Array;
}

/** The bytes of an NPZ file, as `numpy.savez` writes them (stored, not compressed). */
export function encodeNpz(arrays: Readonly<Record<string, Array_>>): Uint8Array {
  const locals: Buffer[] = [];
  const directory: Buffer[] = [];
  let offset = 0;
  for (const [name, array] of Object.entries(arrays)) {
    const content = encodeNpy(array);
    const file = Buffer.from(`${name}.npy`);
    const sizes = [crc32(content), content.length, content.length];
    const local = Buffer.concat([
      fields([[0x04034b50, 4], [20, 2], [0, 8], ...sizes.map((size) => [size, 4] as const), [file.length, 2], [0, 2]]),
      file,
      content,
    ]);
    directory.push(
      fields([
        [0x02014b50, 4],
        [20, 2],
        [20, 2],
        [0, 8],
        ...sizes.map((size) => [size, 4] as const),
        [file.length, 2],
        [0, 4],
        [0, 4],
        [0, 4],
        [offset, 4],
      ]),
      file,
    );
    locals.push(local);
    offset += local.length;
  }
  const names = Object.keys(arrays).length;
  const listed = Buffer.concat(directory);
  const end = fields([
    [0x06054b50, 4],
    [0, 4],
    [names, 2],
    [names, 2],
    [listed.length, 4],
    [offset, 4],
    [0, 2],
  ]);
  return Buffer.concat([...locals, listed, end]);
}

function encodeNpy({ shape, values }: Array_): Buffer {
  const dtype = values instanceof Float32Array ? '<f4' : '<i8';
  const text = `{'descr': '${dtype}', 'fortran_order': False, 'shape': (${shape.map((size) => `${size},`).join(' ')}), }`;
  const padded = text.padEnd(64 * Math.ceil((text.length + 11) / 64) - 11) + '\n';
  const start = Buffer.from(`\x93NUMPY\x01\x00`, 'latin1');
  const data = Buffer.from(values.buffer, values.byteOffset, values.byteLength);
  return Buffer.concat([start, fields([[padded.length, 2]]), Buffer.from(padded), data]);
}

/** Little-endian numbers with their sizes in bytes. */
function fields(values: readonly (readonly [number, number])[]): Buffer {
  return Buffer.concat(
    values.map(([value, size]) => {
      const bytes = Buffer.alloc(size);
      bytes.writeUIntLE(value, 0, Math.min(size, 6));
      return bytes;
    }),
  );
}
