import { existsSync, linkSync, mkdirSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { dirname } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';

/**
 * Who holds a lock. A process number alone is not enough: numbers are given out again, so the start time goes with it
 * where the system tells it.
 *
 * @typedef {object} Holder
 * @property {number} pid
 * @property {string} startedAt
 */

/**
 * Holds a lock file while `work` runs; waits for another holder that lives and takes over from one that died.
 * @template T
 * @param {string} file
 * @param {(holder: Holder) => void} onWait called once, when another process holds the lock
 * @param {() => Promise<T>} work
 * @returns {Promise<T>}
 */
export async function withLock(file, onWait, work) {
  mkdirSync(dirname(file), { recursive: true });
  let told = false;
  while (!tryLock(file)) {
    const holder = readHolder(file);
    if (holder === undefined || !isAlive(holder)) {
      removeStale(file, holder);
      continue;
    }
    if (!told) onWait(holder);
    told = true;
    await sleep(300);
  }
  const release = () => rmSync(file, { force: true });
  process.once('exit', release);
  try {
    return await work();
  } finally {
    process.off('exit', release);
    release();
  }
}

/**
 * The file appears with its content: it is written under another name and linked.
 * @param {string} file
 */
function tryLock(file) {
  const own = `${file}.${process.pid}`;
  writeFileSync(own, JSON.stringify({ pid: process.pid, startedAt: startTime(process.pid) }));
  try {
    linkSync(own, file);
    return true;
  } catch (error) {
    const { code } = /** @type {NodeJS.ErrnoException} */ (error);
    if (code === 'EEXIST') return false;
    // A file system without links (exFAT): good enough where nobody races.
    if (code !== 'EPERM' && code !== 'ENOTSUP' && code !== 'ENOSYS') throw error;
    if (existsSync(file)) return false;
    renameSync(own, file);
    return true;
  } finally {
    rmSync(own, { force: true });
  }
}

/**
 * @param {string} file
 * @returns {Holder | undefined}
 */
function readHolder(file) {
  try {
    return JSON.parse(readFileSync(file, 'utf8'));
  } catch {
    return undefined;
  }
}

/** @param {Holder} holder */
export function isAlive(holder) {
  try {
    process.kill(holder.pid, 0);
  } catch (error) {
    return /** @type {NodeJS.ErrnoException} */ (error).code === 'EPERM';
  }
  return startTime(holder.pid) === holder.startedAt;
}

/**
 * Only the dead holder's file is removed: another process may have taken the lock over in between.
 * @param {string} file
 * @param {Holder | undefined} dead
 */
function removeStale(file, dead) {
  const now = readHolder(file);
  if (now?.pid === dead?.pid && now?.startedAt === dead?.startedAt) rmSync(file, { force: true });
}

/**
 * @param {number} pid
 * @returns {string} empty where the system does not tell
 */
function startTime(pid) {
  try {
    const stat = readFileSync(`/proc/${pid}/stat`, 'utf8');
    return stat.slice(stat.lastIndexOf(')') + 2).split(' ')[19] ?? '';
  } catch {
    return '';
  }
}
