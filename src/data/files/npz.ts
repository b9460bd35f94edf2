import { totalmem } from 'node:os';
import { readNpy, type NumpyArray } from './npy.ts';
import { readZip } from './zip.ts';

/** Of all arrays together; each is in memory twice while it is copied out of the archive. */
const MAX_BYTES = Math.min(8 * 1024 ** 3, Math.floor(totalmem() / 4));
const EXTENSION = '.npy';

/** The arrays of an NPZ file (`numpy.savez`, `numpy.savez_compressed`) by their names. Throws a `UserError`. */
export function readNpz(bytes: Uint8Array, file: string): Map<string, NumpyArray> {
  const members = readZip(bytes, file, MAX_BYTES);
  return new Map(
    [...members].map(([member, content]) => {
      const name = member.endsWith(EXTENSION) ? member.slice(0, -EXTENSION.length) : member;
      return [name, readNpy(content, `${file}:${name}`)];
    }),
  );
}
