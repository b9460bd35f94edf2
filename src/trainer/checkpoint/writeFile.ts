import { createHash } from 'node:crypto';
import { closeSync, fsyncSync, openSync, renameSync, rmSync, writeSync } from 'node:fs';
import { join } from 'node:path';
import { UserError } from '../../contract/errors.ts';

export interface WrittenFile {
  readonly file: string;
  readonly bytes: number;
  /** Lower-case hex. */
  readonly sha256: string;
}

/** What is written, for the message where the disk refuses. */
interface Purpose {
  readonly what: string;
  readonly hint: string;
}

/** Ends the name of a file that is not whole yet. */
const PARTIAL = '.partial';

const CHECKPOINT: Purpose = {
  what: 'The checkpoint',
  hint: 'Free space on the disk of the database, or check its permissions',
};

/**
 * Writes a file so that under its final name it is whole or absent, whenever the power fails: temporary file in the same
 * folder -> sync -> rename -> sync the folder. Throws a `UserError` where the disk refuses; then nothing is left behind.
 */
export function writeWhole(
  folder: string,
  name: string,
  parts: readonly Uint8Array[],
  purpose: Purpose = CHECKPOINT,
): WrittenFile {
  try {
    return writeParts(folder, name, parts);
  } catch (error) {
    throw refusal(error, folder, name, purpose);
  }
}

/** As `writeWhole`, throwing what the system says. */
export function writeParts(folder: string, name: string, parts: readonly Uint8Array[]): WrittenFile {
  const file = join(folder, name);
  const temporary = `${file}${PARTIAL}`;
  const hash = createHash('sha256');
  let bytes = 0;
  try {
    // What a killed trainer left under this name is no one's.
    const handle = openSync(temporary, 'w', 0o600);
    try {
      for (const part of parts) {
        hash.update(part);
        writeAll(handle, part);
        bytes += part.length;
      }
      fsyncSync(handle);
    } finally {
      closeSync(handle);
    }
    renameSync(temporary, file);
    syncFolder(folder);
  } catch (error) {
    rmSync(temporary, { force: true });
    throw error;
  }
  return { file, bytes, sha256: hash.digest('hex') };
}

/** What the system says, as a sentence about a file that was to be written. */
export function refusal(error: unknown, folder: string, name: string, { what, hint }: Purpose = CHECKPOINT): UserError {
  const cause = error instanceof Error ? error.message : String(error);
  return new UserError({
    code: 'unavailable',
    message: `${what} cannot be written: ${isOutOfSpace(error) ? 'the disk is full' : cause}`,
    where: join(folder, name),
    hint,
  });
}

/** Whether the disk, or this user's share of it, is full: what may pass. */
export function isOutOfSpace(error: unknown): boolean {
  return error instanceof Error && 'code' in error && (error.code === 'ENOSPC' || error.code === 'EDQUOT');
}

function writeAll(handle: number, part: Uint8Array): void {
  for (let written = 0; written < part.length;) written += writeSync(handle, part, written);
}

/** Windows cannot open folders, and keeps its directory entries by its own journal. */
function syncFolder(folder: string): void {
  if (process.platform === 'win32') return;
  const handle = openSync(folder, 'r');
  try {
    fsyncSync(handle);
  } finally {
    closeSync(handle);
  }
}
