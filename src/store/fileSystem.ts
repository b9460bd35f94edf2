import { accessSync, constants, existsSync, mkdirSync, statfsSync } from 'node:fs';
import { dirname } from 'node:path';
import { UserError } from '../contract/errors.ts';

/** Linux `statfs` types of file systems whose locks or shared memory SQLite cannot rely on (sqlite.org/howtocorrupt.html, 2.1). */
const NETWORK_FILE_SYSTEMS: ReadonlyMap<bigint, string> = new Map([
  [0x6969n, 'NFS'],
  [0x517bn, 'SMB'],
  [0xfe534d42n, 'SMB2'],
  [0xff534d42n, 'CIFS'],
  [0x5346414fn, 'AFS'],
  [0x00c36400n, 'Ceph'],
  [0x0bd00bd0n, 'Lustre'],
  [0x47504653n, 'GPFS'],
  [0x01021997n, '9p'],
  [0x73757245n, 'Coda'],
]);

/** The network file system's name for a `statfs` type; null for a local one. */
export function networkFileSystem(type: bigint): string | null {
  return NETWORK_FILE_SYSTEMS.get(BigInt.asUintN(32, type)) ?? null;
}

/** Makes the folder where it is missing and refuses one that cannot hold a database that is written to. */
export function prepareFolder(file: string): void {
  try {
    mkdirSync(dirname(file), { recursive: true });
  } catch (error) {
    throw notWritable(file, `The folder cannot be made (${reason(error)})`);
  }
  const obstacle = obstacleToWriting(file);
  if (obstacle !== null) throw notWritable(file, obstacle);
}

/** Why a database in an existing folder can be read at best, as a sentence; null where it may be written to. */
export function obstacleToWriting(file: string): string | null {
  const folder = dirname(file);
  const network = process.platform === 'linux' ? networkFileSystem(statfsSync(folder, { bigint: true }).type) : null;
  if (network !== null) {
    return `The database lies on a network file system (${network}), where SQLite's locks are not reliable`;
  }
  const folderFault = faultOf(() => accessSync(folder, constants.W_OK | constants.X_OK));
  if (folderFault !== null) return `The database's folder is read-only (${folderFault})`;
  // Asked of the system, not tried: closing a file of our own would end SQLite's locks on it in this process.
  const fileFault = existsSync(file) ? faultOf(() => accessSync(file, constants.R_OK | constants.W_OK)) : null;
  return fileFault === null ? null : `The database file is read-only (${fileFault})`;
}

function notWritable(file: string, message: string): UserError {
  return new UserError({
    code: 'unavailable',
    message,
    where: file,
    hint: 'Allow writing there, or choose a file on a local disk with --db.',
  });
}

function faultOf(action: () => void): string | null {
  try {
    action();
    return null;
  } catch (error) {
    return reason(error);
  }
}

function reason(error: unknown): string {
  return error instanceof Error && 'code' in error ? String(error.code) : String(error);
}
