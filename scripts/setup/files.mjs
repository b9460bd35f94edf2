import { createHash } from 'node:crypto';
import { createReadStream, readdirSync, readFileSync, statSync } from 'node:fs';
import { mkdir, rename, rm, statfs, writeFile } from 'node:fs/promises';
import { basename, dirname, join } from 'node:path';
import { pipeline } from 'node:stream/promises';

/**
 * @param {string} file
 * @returns {Promise<string>} lower-case hex
 */
export async function sha256OfFile(file) {
  const hash = createHash('sha256');
  await pipeline(createReadStream(file, { highWaterMark: 1 << 20 }), hash);
  return hash.digest('hex');
}

/** @param {string | Uint8Array} content */
export function sha256(content) {
  return createHash('sha256').update(content).digest('hex');
}

/**
 * A JSON file, or undefined where it is missing or no JSON: a stamp that cannot be read proves nothing.
 * @param {string} file
 * @returns {any}
 */
export function readJson(file) {
  try {
    return JSON.parse(readFileSync(file, 'utf8'));
  } catch {
    return undefined;
  }
}

/**
 * Written whole or not at all.
 * @param {string} file
 * @param {unknown} value
 */
export async function writeJson(file, value) {
  await mkdir(dirname(file), { recursive: true });
  const temporary = `${file}.${process.pid}.partial`;
  await writeFile(temporary, `${JSON.stringify(value, null, 2)}\n`);
  await rename(temporary, file);
}

/**
 * Makes a folder whole or not at all: `fill` works in a temporary one beside it, which takes the name at the end.
 * Left-overs of an interrupted earlier try are removed first.
 * @param {string} folder
 * @param {(temporary: string) => Promise<void>} fill
 */
export async function makeFolder(folder, fill) {
  const parent = dirname(folder);
  const temporary = `${folder}.${process.pid}.partial`;
  await mkdir(parent, { recursive: true });
  await removePartials(folder);
  await mkdir(temporary);
  try {
    await fill(temporary);
    await rm(folder, { recursive: true, force: true });
    await rename(temporary, folder);
  } catch (error) {
    await rm(temporary, { recursive: true, force: true });
    throw error;
  }
}

/** @param {string} path */
async function removePartials(path) {
  const parent = dirname(path);
  const prefix = `${basename(path)}.`;
  for (const name of readdirSync(parent)) {
    if (name.startsWith(prefix) && name.endsWith('.partial'))
      await rm(join(parent, name), { recursive: true, force: true });
  }
}

/**
 * @param {string} path
 * @returns {boolean}
 */
export function isFile(path) {
  return statSync(path, { throwIfNoEntry: false })?.isFile() ?? false;
}

/**
 * Free bytes on the disk that holds a folder; undefined where the system does not tell.
 * @param {string} folder an existing folder
 */
export async function freeBytes(folder) {
  try {
    const { bavail, bsize } = await statfs(folder);
    return bavail * bsize;
  } catch {
    return undefined;
  }
}
