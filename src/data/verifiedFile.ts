import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { UserError } from '../contract/errors.ts';

/**
 * Reads a file that must be byte for byte the one that was published.
 * Throws a `UserError` naming the file where it is missing, unreadable or altered.
 */
export function readVerified({ file, sha256, of }: { file: string; sha256: string; of: string }): Uint8Array {
  const hint = 'Install Depthlab again, or restore the file from its repository';
  let bytes: Uint8Array;
  try {
    bytes = readFileSync(file);
  } catch (error) {
    const cause = error instanceof Error ? error.message : String(error);
    throw new UserError({
      code: 'unavailable',
      message: `The images of the data set "${of}" cannot be read: ${cause}`,
      where: file,
      hint,
    });
  }
  const found = createHash('sha256').update(bytes).digest('hex');
  if (found === sha256) return bytes;
  throw new UserError({
    code: 'unavailable',
    message: `The images of the data set "${of}" are damaged: the SHA-256 of ${file} is ${found}, not ${sha256}`,
    where: file,
    hint,
  });
}
