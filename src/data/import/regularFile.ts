import { lstatSync, readFileSync } from 'node:fs';
import { refusal } from './refusal.ts';

/** Throws a `UserError` for a link, which may lead anywhere, a device, which may never end, and a file of more than `most` bytes. */
export function requireRegularFile(file: string, most: number): void {
  const found = lstatSync(file, { throwIfNoEntry: false });
  if (found === undefined) throw refusal(file, 'is not there');
  if (!found.isFile()) throw refusal(file, 'is no regular file', 'Put the file itself in the place of a link');
  if (found.size > most) throw refusal(file, `has ${found.size} bytes, more than the ${most} of its layout`);
}

/** Reads a file that lies in a folder that a user named. */
export function readRegularFile(file: string, most: number): Uint8Array {
  requireRegularFile(file, most);
  try {
    return readFileSync(file);
  } catch (error) {
    throw refusal(file, `cannot be read: ${error instanceof Error ? error.message : String(error)}`);
  }
}
