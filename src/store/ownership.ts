import { readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { UserError } from '../contract/errors.ts';
import { bootId } from './bootId.ts';
import { connect } from './connect.ts';
import { explain, explaining, isSqliteFailure } from './failures.ts';
import { prepareFolder } from './fileSystem.ts';

/** Who holds a database file for writing. */
export interface Owner {
  readonly pid: number;
  /** Milliseconds since 1970 at which the owner took the file. */
  readonly since: number;
  /** Names the machine's boot, where the platform tells it: a record of an earlier one is of a dead owner. */
  readonly bootId: string;
  readonly shell: string;
  /** Where the owner answers, once it has announced it; else empty. */
  readonly address: string;
}

/** The right to write to a database file. It ends with `release` or with the process, however that dies. */
export interface Ownership {
  readonly file: string;
  /** Leaves an address for other processes of the same user. */
  announce(address: string): void;
  release(): void;
}

/**
 * Takes the file for this process, before its first writing open. The right is an exclusive lock on `<file>.lock`,
 * which the operating system takes back when the process dies: there is nothing to clean up after a crash, and no pid
 * to mistake for another's. Refused with `conflict`, naming the owner, while another process (or another part of this
 * one) holds it.
 */
export function takeOwnership(
  file: string,
  options: { readonly shell: string; readonly nativeBinding?: string | undefined },
): Ownership {
  const path = resolve(file);
  prepareFolder(path);
  const lock = explaining(path, () => connect(`${path}.lock`, { busyMs: 0, nativeBinding: options.nativeBinding }));
  const owner: Owner = { pid: process.pid, since: Date.now(), bootId: bootId(), shell: options.shell, address: '' };
  try {
    lock.exec('BEGIN EXCLUSIVE');
    record(path, owner);
  } catch (error) {
    lock.close();
    throw isSqliteFailure(error) && error.code.startsWith('SQLITE_BUSY') ? owned(path) : explain(error, path);
  }
  let held = true;
  return {
    file: path,
    announce: (address) => {
      record(path, { ...owner, address });
    },
    release: () => {
      if (!held) return;
      held = false;
      rmSync(recordOf(path), { force: true });
      lock.close();
    },
  };
}

/** The owner on record, or null. A record may outlive a killed owner; only `takeOwnership` tells for certain. */
export function readOwner(file: string): Owner | null {
  try {
    const owner = JSON.parse(readFileSync(recordOf(resolve(file)), 'utf8')) as Owner;
    return owner.bootId === bootId() ? owner : null;
  } catch {
    return null;
  }
}

function recordOf(path: string): string {
  return `${path}.owner.json`;
}

function record(path: string, owner: Owner): void {
  const temporary = `${recordOf(path)}.${process.pid}.partial`;
  writeFileSync(temporary, `${JSON.stringify(owner)}\n`, { mode: 0o600 });
  renameSync(temporary, recordOf(path));
}

function owned(path: string): UserError {
  const owner = readOwner(path);
  const who = owner === null ? 'another process' : `process ${owner.pid} (${owner.shell})`;
  const where = owner === null || owner.address === '' ? '' : ` It answers at ${owner.address}.`;
  return new UserError({
    code: 'conflict',
    message: `This database is in use by ${who}`,
    where: path,
    hint: `Use the application that is open, or close it first.${where}`,
  });
}
