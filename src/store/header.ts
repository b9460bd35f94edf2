import { closeSync, existsSync, fstatSync, openSync, readSync } from 'node:fs';

/** `DPLB`: the application_id of every Depthlab database. */
export const APPLICATION_ID = 0x44504c42;

const MAGIC = 'SQLite format 3\0';
const HEADER_BYTES = 100;
export const WAL_HEADER_BYTES = 32;
const WAL_FRAME_HEADER_BYTES = 24;

/** What a database file says of itself before SQLite touches it. */
export type FileHeader =
  | { readonly kind: 'absent' }
  | { readonly kind: 'other' }
  | {
      readonly kind: 'sqlite';
      readonly applicationId: number;
      readonly userVersion: number;
      /** The file is shorter than its own page count, and no write-ahead log holds the rest. */
      readonly truncated: boolean;
    };

/**
 * Reads the first page's header from the file, or from its write-ahead log where a newer commit of that page waits
 * there. Opens for reading only, so that a refused file keeps its bytes and gains no -wal or -shm beside it.
 * Layout: sqlite.org/fileformat2.html, sections 1.3 and 4.1.
 */
export function readHeader(file: string): FileHeader {
  if (!existsSync(file)) return { kind: 'absent' };
  const main = readStart(file);
  if (main.size === 0) return { kind: 'absent' };
  if (main.bytes.length < HEADER_BYTES || main.bytes.toString('latin1', 0, 16) !== MAGIC) return { kind: 'other' };
  const logged = firstPageInLog(`${file}-wal`);
  const header = logged.header ?? main.bytes;
  const storedPageSize = main.bytes.readUInt16BE(16);
  const pageSize = storedPageSize === 1 ? 65_536 : storedPageSize;
  return {
    kind: 'sqlite',
    applicationId: header.readUInt32BE(68),
    userVersion: header.readUInt32BE(60),
    truncated: !logged.present && main.size < main.bytes.readUInt32BE(28) * pageSize,
  };
}

function readStart(file: string): { bytes: Buffer; size: number } {
  const descriptor = openSync(file, 'r');
  try {
    const bytes = Buffer.alloc(HEADER_BYTES);
    const read = readSync(descriptor, bytes, 0, HEADER_BYTES, 0);
    return { bytes: bytes.subarray(0, read), size: fstatSync(descriptor).size };
  } finally {
    closeSync(descriptor);
  }
}

/** The header of page 1 as of the last commit in the log; frames of an older log (other salts) do not count. */
function firstPageInLog(logFile: string): { present: boolean; header: Buffer | null } {
  if (!existsSync(logFile)) return { present: false, header: null };
  const descriptor = openSync(logFile, 'r');
  try {
    const size = fstatSync(descriptor).size;
    if (size < WAL_HEADER_BYTES) return { present: false, header: null };
    const log = Buffer.alloc(WAL_HEADER_BYTES);
    readSync(descriptor, log, 0, WAL_HEADER_BYTES, 0);
    const frameBytes = WAL_FRAME_HEADER_BYTES + log.readUInt32BE(8);
    const frame = Buffer.alloc(WAL_FRAME_HEADER_BYTES + HEADER_BYTES);
    let pending: Buffer | null = null;
    let committed: Buffer | null = null;
    for (let offset = WAL_HEADER_BYTES; offset + frameBytes <= size; offset += frameBytes) {
      readSync(descriptor, frame, 0, frame.length, offset);
      if (frame.compare(log, 16, 24, 8, 16) !== 0) break;
      if (frame.readUInt32BE(0) === 1) pending = Buffer.from(frame.subarray(WAL_FRAME_HEADER_BYTES));
      if (frame.readUInt32BE(4) !== 0) committed = pending;
    }
    return { present: true, header: committed };
  } finally {
    closeSync(descriptor);
  }
}
