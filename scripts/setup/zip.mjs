import { createReadStream, createWriteStream } from 'node:fs';
import { mkdir, open, symlink, readFile, rm, chmod } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { pipeline } from 'node:stream/promises';
import { createInflateRaw } from 'node:zlib';

/**
 * @typedef {object} ZipEntry
 * @property {string} name
 * @property {number} method 0 stored, 8 deflated
 * @property {number} compressedSize bytes
 * @property {number} size bytes
 * @property {number} headerOffset
 * @property {number} mode Unix mode; 0 where the archive does not tell
 */

const endSignature = 0x06054b50;
const entrySignature = 0x02014b50;
const linkMode = 0o120000;

/**
 * The table of contents of a zip archive below 4 GiB. Only archives whose SHA-256 was checked are given to it.
 * @param {string} file
 * @returns {Promise<ZipEntry[]>}
 */
export async function listZip(file) {
  const handle = await open(file);
  try {
    const { size } = await handle.stat();
    const tailLength = Math.min(size, 22 + 0xffff);
    const end = Buffer.alloc(tailLength);
    await handle.read(end, 0, tailLength, size - tailLength);
    let at = tailLength - 22;
    while (at >= 0 && end.readUInt32LE(at) !== endSignature) at--;
    if (at < 0) throw new Error(`${file} is not a whole zip archive: its table of contents is missing`);
    const count = end.readUInt16LE(at + 10);
    const table = Buffer.alloc(end.readUInt32LE(at + 12));
    await handle.read(table, 0, table.length, end.readUInt32LE(at + 16));
    return readTable(table, count, file);
  } finally {
    await handle.close();
  }
}

/**
 * @param {Buffer} table
 * @param {number} count
 * @param {string} file
 */
function readTable(table, count, file) {
  /** @type {ZipEntry[]} */
  const entries = [];
  let at = 0;
  for (let i = 0; i < count; i++) {
    if (table.readUInt32LE(at) !== entrySignature) throw new Error(`${file} has a damaged table of contents`);
    const nameLength = table.readUInt16LE(at + 28);
    entries.push({
      name: table.toString('utf8', at + 46, at + 46 + nameLength),
      method: table.readUInt16LE(at + 10),
      compressedSize: table.readUInt32LE(at + 20),
      size: table.readUInt32LE(at + 24),
      headerOffset: table.readUInt32LE(at + 42),
      mode: table.readUInt16LE(at + 40),
    });
    at += 46 + nameLength + table.readUInt16LE(at + 30) + table.readUInt16LE(at + 32);
  }
  return entries;
}

/**
 * Unpacks the entries that `place` gives a path, as a stream: the largest member of the TensorFlow wheel has 788 MB.
 * @param {string} file
 * @param {string} destination
 * @param {(name: string) => string | undefined} place the path below `destination`, or undefined to leave it out
 * @returns {Promise<number>} how many files were written
 */
export async function unzip(file, destination, place) {
  let written = 0;
  for (const entry of await listZip(file)) {
    const path = entry.name.endsWith('/') ? undefined : place(entry.name);
    if (path === undefined) continue;
    if (path.split(/[\\/]/).includes('..')) throw new Error(`${file} holds an entry outside its folder: ${entry.name}`);
    await unpackEntry(file, entry, join(destination, path));
    written++;
  }
  return written;
}

/**
 * @param {string} file
 * @param {ZipEntry} entry
 * @param {string} path
 */
async function unpackEntry(file, entry, path) {
  if (entry.method !== 0 && entry.method !== 8) throw new Error(`${entry.name} in ${file} is packed in an unknown way`);
  await mkdir(dirname(path), { recursive: true });
  const start = await dataOffset(file, entry);
  let length = 0;
  /** @param {AsyncIterable<Buffer>} chunks */
  async function* counted(chunks) {
    for await (const chunk of chunks) {
      length += chunk.length;
      yield chunk;
    }
  }
  if (entry.compressedSize > 0) {
    const packed = createReadStream(file, { start, end: start + entry.compressedSize - 1, highWaterMark: 1 << 20 });
    const out = createWriteStream(path);
    if (entry.method === 8) await pipeline(packed, createInflateRaw({ chunkSize: 1 << 18 }), counted, out);
    else await pipeline(packed, counted, out);
  } else {
    await pipeline([], createWriteStream(path));
  }
  if (length !== entry.size) throw new Error(`${entry.name} in ${file} has ${length} bytes in place of ${entry.size}`);
  if ((entry.mode & 0o170000) === linkMode) {
    const target = await readFile(path, 'utf8');
    await rm(path);
    await symlink(target, path);
  } else if ((entry.mode & 0o777) !== 0) {
    await chmod(path, entry.mode & 0o777);
  }
}

/**
 * @param {string} file
 * @param {ZipEntry} entry
 */
async function dataOffset(file, entry) {
  const handle = await open(file);
  try {
    const header = Buffer.alloc(30);
    await handle.read(header, 0, 30, entry.headerOffset);
    return entry.headerOffset + 30 + header.readUInt16LE(26) + header.readUInt16LE(28);
  } finally {
    await handle.close();
  }
}
