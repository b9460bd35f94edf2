import {
  closeSync,
  constants,
  copyFileSync,
  existsSync,
  fstatSync,
  openSync,
  readSync,
  rmSync,
  writeSync,
} from 'node:fs';

const HEADER_BYTES = 100;

/** Files of a database's copy, to be deleted when it is done with. */
const ENDINGS = ['', '-wal', '-shm', '-journal'];

/** Copies a database that nobody writes to, with its write-ahead log. The original is only read. */
export function copyPrivately(file: string, copy: string): void {
  removePrivateCopy(copy);
  for (const ending of ['', '-wal']) {
    if (existsSync(`${file}${ending}`))
      copyFileSync(`${file}${ending}`, `${copy}${ending}`, constants.COPYFILE_FICLONE);
  }
  endWhereTheFileEnds(copy);
}

export function removePrivateCopy(copy: string): void {
  for (const ending of ENDINGS) rmSync(`${copy}${ending}`, { force: true });
}

/** SQLite refuses the whole of a file that is shorter than its header says (sqlite.org/fileformat2.html, 1.3.7). */
function endWhereTheFileEnds(copy: string): void {
  const handle = openSync(copy, 'r+');
  try {
    const header = Buffer.alloc(HEADER_BYTES);
    if (readSync(handle, header, 0, HEADER_BYTES, 0) < HEADER_BYTES) return;
    const stored = header.readUInt16BE(16);
    const pages = Math.floor(fstatSync(handle).size / (stored === 1 ? 65_536 : Math.max(512, stored)));
    if (header.readUInt32BE(28) <= pages) return;
    header.writeUInt32BE(pages, 28);
    writeSync(handle, header, 28, 4, 28);
  } finally {
    closeSync(handle);
  }
}
