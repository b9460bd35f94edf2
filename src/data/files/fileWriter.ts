import { createHash } from 'node:crypto';
import { closeSync, fsyncSync, openSync, readSync, renameSync, rmSync, statSync, writeSync } from 'node:fs';
import { basename, dirname } from 'node:path';
import type { DataFile } from '../../contract/data.ts';

/** A file that is written piece by piece, and is whole under its name or absent, whenever the power fails. */
export interface FileWriter {
  /** Bytes appended so far. */
  readonly length: number;
  append(bytes: Uint8Array): void;
  /** Writes over bytes that were appended before. */
  overwrite(position: number, bytes: Uint8Array): void;
  /** Syncs the file, gives it its name and says what it is. */
  finish(): DataFile;
  /** Takes it away again. After `finish` this does nothing. */
  abandon(): void;
}

/** Pieces are gathered up to this size before they are written. */
const BLOCK_BYTES = 1 << 20;

/** Temporary file in the same folder -> sync -> rename -> sync the folder. Throws what the disk says. */
export function createFileWriter(file: string): FileWriter {
  const temporary = `${file}.partial`;
  const handle = openSync(temporary, 'w+', 0o600);
  const block = Buffer.allocUnsafe(BLOCK_BYTES);
  let gathered = 0;
  let written = 0;
  let isOpen = true;

  const writeAll = (bytes: Uint8Array, position: number) => {
    for (let done = 0; done < bytes.length;) {
      done += writeSync(handle, bytes, done, bytes.length - done, position + done);
    }
  };
  const flush = () => {
    writeAll(block.subarray(0, gathered), written);
    written += gathered;
    gathered = 0;
  };
  return {
    get length() {
      return written + gathered;
    },
    append: (bytes) => {
      if (gathered + bytes.length > BLOCK_BYTES) flush();
      if (bytes.length > BLOCK_BYTES) {
        writeAll(bytes, written);
        written += bytes.length;
        return;
      }
      block.set(bytes, gathered);
      gathered += bytes.length;
    },
    overwrite: (position, bytes) => {
      flush();
      writeAll(bytes, position);
    },
    finish: () => {
      flush();
      fsyncSync(handle);
      const sha256 = hashOf(handle);
      closeSync(handle);
      isOpen = false;
      renameSync(temporary, file);
      syncFolder(dirname(file));
      const { mtimeMs } = statSync(file);
      return { name: basename(file), bytes: written, sha256, mtimeMs };
    },
    abandon: () => {
      if (!isOpen) return;
      isOpen = false;
      closeSync(handle);
      rmSync(temporary, { force: true });
    },
  };
}

/** SHA-256 of an open file, lower-case hex. */
export function hashOf(handle: number): string {
  const hash = createHash('sha256');
  const block = Buffer.allocUnsafe(4 * BLOCK_BYTES);
  let position = 0;
  for (;;) {
    const length = readSync(handle, block, 0, block.length, position);
    if (length === 0) return hash.digest('hex');
    hash.update(block.subarray(0, length));
    position += length;
  }
}

/** Windows cannot open folders, and keeps its directory entries by its own journal. */
export function syncFolder(folder: string): void {
  if (process.platform === 'win32') return;
  const handle = openSync(folder, 'r');
  try {
    fsyncSync(handle);
  } finally {
    closeSync(handle);
  }
}
