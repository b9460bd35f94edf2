import { createHash } from 'node:crypto';
import { closeSync, openSync, readFileSync, readSync, realpathSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { imageRsPins } from './imageRsPins.mjs';
import { sharpPins } from './sharpPins.mjs';
import { sqlitePins } from './sqlitePins.mjs';
import { runtimePin } from './tensorflow/pins.mjs';

/**
 * Native code is checked by SHA-256 before it is loaded. Set-up writes a stamp beside what it installed; the application
 * calls the `check` functions below with the folders of the npm packages. This file uses Node's own modules only, so
 * that it can be bundled.
 *
 * @typedef {object} StampedFile
 * @property {string} path relative to the stamp's folder, with `/`
 * @property {string} sha256
 * @property {Seen} seen
 *
 * @typedef {object} Seen what a file looked like when its hash was last taken: any write changes its ctime
 * @property {number} size
 * @property {number} mtimeMs
 * @property {number} ctimeMs
 *
 * @typedef {object} TensorflowStamp
 * @property {'wheel' | 'vendor'} source
 * @property {string} variant
 * @property {string} platform
 * @property {string} version of the TensorFlow library; for the vendor's own download that of the npm package
 * @property {string} recipe hash of everything that the binding was built from
 * @property {StampedFile[]} files
 */

export const stampName = 'stamp.json';

/** Native code that is not what set-up installed. The message is meant for the user. */
export class IntegrityError extends Error {
  /** @param {string} what */
  constructor(what) {
    super(`${what} Run "npm run setup -- --repair" to install it anew.`);
    this.name = 'IntegrityError';
  }
}

/**
 * @param {string} file
 * @returns {string} lower-case hex
 */
function hashFile(file) {
  const hash = createHash('sha256');
  const handle = openSync(file, 'r');
  try {
    const block = Buffer.allocUnsafe(4 << 20);
    for (let length = readSync(handle, block); length > 0; length = readSync(handle, block)) {
      hash.update(block.subarray(0, length));
    }
  } finally {
    closeSync(handle);
  }
  return hash.digest('hex');
}

/**
 * @param {string} file
 * @returns {Seen | undefined} undefined where there is no such file
 */
export function look(file) {
  const found = statSync(file, { throwIfNoEntry: false });
  return found && { size: found.size, mtimeMs: found.mtimeMs, ctimeMs: found.ctimeMs };
}

/**
 * @param {string} folder
 * @param {string} path
 * @returns {StampedFile}
 */
export function stampFile(folder, path) {
  const file = join(folder, path);
  const seen = look(file);
  if (seen === undefined) throw new IntegrityError(`${file} is missing.`);
  return { path, sha256: hashFile(file), seen };
}

/**
 * Whether a file is still what its stamp says. Cheap where size and times are as they were; hashed otherwise, so that a
 * copied or touched file passes and a changed one does not.
 * @param {string} folder
 * @param {StampedFile} stamped
 * @returns {'as seen' | 'same bytes' | 'changed' | 'missing'}
 */
export function compareFile(folder, stamped) {
  const file = join(folder, stamped.path);
  const now = look(file);
  if (now === undefined) return 'missing';
  const { seen } = stamped;
  if (now.size === seen.size && now.mtimeMs === seen.mtimeMs && now.ctimeMs === seen.ctimeMs) return 'as seen';
  return now.size === seen.size && hashFile(file) === stamped.sha256 ? 'same bytes' : 'changed';
}

/**
 * Refuses a TensorFlow that is not what set-up installed. Call it before `@tensorflow/tfjs-node-gpu` is loaded.
 * @param {string} packageFolder the folder of `@tensorflow/tfjs-node-gpu`
 * @returns {{variant: string, version: string, source: 'wheel' | 'vendor', binding: string}}
 */
export function checkTensorflow(packageFolder) {
  const { folder, stamp } = readTensorflowStamp(packageFolder);
  const binding = bindingOf(packageFolder);
  const known = stamp.files.map(({ path }) => join(folder, path));
  if (!known.includes(binding)) {
    throw new IntegrityError(`The TensorFlow binding ${binding} is not the one that set-up built.`);
  }
  refuseUnpinned(stamp, folder);
  for (const file of stamp.files) {
    const state = compareFile(folder, file);
    if (state === 'missing')
      throw new IntegrityError(`TensorFlow is incomplete: ${join(folder, file.path)} is missing.`);
    if (state === 'changed') {
      throw new IntegrityError(`${join(folder, file.path)} was changed since set-up and is not loaded.`);
    }
  }
  return { variant: stamp.variant, version: stamp.version, source: stamp.source, binding };
}

/**
 * @param {string} packageFolder
 * @returns {{folder: string, stamp: TensorflowStamp}}
 */
function readTensorflowStamp(packageFolder) {
  try {
    const folder = realpathSync(join(packageFolder, 'deps'));
    return { folder, stamp: JSON.parse(readFileSync(join(folder, stampName), 'utf8')) };
  } catch {
    throw new IntegrityError(`TensorFlow is not installed in ${packageFolder}.`);
  }
}

/** @param {string} packageFolder */
function bindingOf(packageFolder) {
  const file = join(packageFolder, 'lib', 'napi-v8', 'tfjs_binding.node');
  try {
    return realpathSync(file);
  } catch {
    throw new IntegrityError(`The TensorFlow binding ${file} is missing.`);
  }
}

/**
 * @param {TensorflowStamp} stamp
 * @param {string} folder
 */
function refuseUnpinned(stamp, folder) {
  if (stamp.source !== 'wheel') return;
  for (const { name, sha256 } of runtimePin(stamp.variant, stamp.platform)?.libraries ?? []) {
    if (stamp.files.find(({ path }) => path === `lib/${name}`)?.sha256 !== sha256) {
      throw new IntegrityError(`${join(folder, 'lib', name)} is not the library that Depthlab pins.`);
    }
  }
}

/**
 * The better-sqlite3 binary for this machine, hashed on each call (3 MB, a few milliseconds). Call it before the first
 * database is opened.
 * @param {string} packageFolder the folder of `better-sqlite3`
 * @param {string} [target] such as `linux-x64` or `linuxmusl-arm64`
 * @returns {string} the checked file
 */
export function checkSqlite(packageFolder, target = nativeTarget()) {
  const file = join(packageFolder, 'prebuilds', `${target}.node`);
  const pinned = sqlitePins[target];
  if (pinned === undefined) {
    throw new IntegrityError(`better-sqlite3 has no binary for ${target}; Depthlab does not run on this machine.`);
  }
  refuseOther(file, pinned, 'SQLite binary');
  return file;
}

/**
 * sharp's files of native code for this machine, hashed on each call (19 MB on Linux, some ten milliseconds). Call it before
 * sharp is loaded.
 * @param {string} packageFolder the folder of `sharp`
 * @param {string} [target] such as `linux-x64` or `linuxmusl-arm64`
 */
export function checkSharp(packageFolder, target = nativeTarget()) {
  const pins = sharpPins[target];
  if (pins === undefined) {
    throw new IntegrityError(`sharp has no binary for ${target}; Depthlab does not run on this machine.`);
  }
  // sharp would rather load what was compiled on the machine.
  const compiled = join(packageFolder, 'src', 'build');
  if (look(compiled) !== undefined) throw new IntegrityError(`${compiled} is no part of the sharp that Depthlab pins.`);
  for (const [path, pinned] of Object.entries(pins)) {
    refuseOther(join(packageFolder, '..', '@img', path), pinned, 'sharp binary');
  }
}

/**
 * image-rs's binary for this machine, hashed on each call (2 MB, a few milliseconds). Call it before image-rs is loaded.
 * @param {string} packageFolder the folder of `@julusian/image-rs`
 * @param {string} [target] such as `linux-x64` or `linuxmusl-arm64`
 * @returns {string} the checked file
 */
export function checkImageRs(packageFolder, target = nativeTarget()) {
  const pin = imageRsPins[target];
  if (pin === undefined) {
    throw new IntegrityError(`image-rs has no binary for ${target}; Depthlab does not run on this machine.`);
  }
  const file = join(packageFolder, 'prebuilds', pin.file);
  refuseOther(file, pin.sha256, 'image-rs binary');
  return file;
}

/**
 * @param {string} file
 * @param {string} pinned its SHA-256
 * @param {string} what
 */
function refuseOther(file, pinned, what) {
  if (look(file) === undefined) throw new IntegrityError(`The ${what} ${file} is missing.`);
  if (hashFile(file) !== pinned) throw new IntegrityError(`${file} is not the ${what} that Depthlab pins.`);
}

/** The name that better-sqlite3 and sharp give this machine. */
export function nativeTarget() {
  return `${process.platform}${isMusl() ? 'musl' : ''}-${process.arch}`;
}

/** better-sqlite3 asks in the same way: which C library this process runs on. */
function isMusl() {
  if (process.platform !== 'linux') return false;
  try {
    return /\/ld-musl-[^/\s]*\.so/.test(readFileSync('/proc/self/maps', 'latin1'));
  } catch {
    return false;
  }
}
