import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { UserError } from '../contract/errors.ts';

/** What is wrong with a file: it cannot be read (`detail`: why), or has another SHA-256 (`detail`: which). */
export type FileFault = (kind: 'unreadable' | 'altered', detail: string) => UserError;

/** Reads a file that must be byte for byte the one of this SHA-256 (hexadecimal); throws what `fault` makes of it otherwise. */
export function readWithHash(file: string, sha256: string, fault: FileFault): Uint8Array {
  let bytes: Uint8Array;
  try {
    bytes = readFileSync(file);
  } catch (error) {
    throw fault('unreadable', error instanceof Error ? error.message : String(error));
  }
  const found = createHash('sha256').update(bytes).digest('hex');
  if (found !== sha256) throw fault('altered', found);
  return bytes;
}

/**
 * Reads a file that must be byte for byte the one that was published.
 * Throws a `UserError` naming the file where it is missing, unreadable or altered.
 */
export function readVerified({ file, sha256, of }: { file: string; sha256: string; of: string }): Uint8Array {
  return readWithHash(
    file,
    sha256,
    (kind, detail) =>
      new UserError({
        code: 'unavailable',
        message:
          kind === 'unreadable'
            ? `The images of the data set "${of}" cannot be read: ${detail}`
            : `The images of the data set "${of}" are damaged: the SHA-256 of ${file} is ${detail}, not ${sha256}`,
        where: file,
        hint: 'Install Depthlab again, or restore the file from its repository',
      }),
  );
}
