import { readFileSync } from 'node:fs';
import { UserError } from '../../contract/errors.ts';

/** Reads a file that a user named. Throws a `UserError` where it cannot be read. */
export function readBytes(file: string): Uint8Array {
  try {
    return readFileSync(file);
  } catch (error) {
    const cause = error instanceof Error ? error.message : String(error);
    throw new UserError({ code: 'bad-input', message: `The file cannot be read: ${cause}`, where: file });
  }
}
