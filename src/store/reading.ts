import { chmodSync, closeSync, copyFileSync, mkdtempSync, openSync, readSync, rmSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { basename, join } from 'node:path';
import type { Database } from 'better-sqlite3';
import { UserError } from '../contract/errors.ts';
import { connectToUnchanging } from './connect.ts';
import { checkedConnection, checkPages, openDatabase, type OpenOptions } from './database.ts';
import { isSqliteFailure } from './failures.ts';
import { WAL_HEADER_BYTES } from './header.ts';
import { judge } from './judge.ts';
import { latestVersion, type Migration } from './migrate.ts';
import { applyPragmas } from './pragmas.ts';

/** A database that is only read, from its file or from a copy of it; nothing is written beside the file. */
export interface Reading {
  readonly database: Database;
  /** The file could not be read in its place; a copy stays as the file was. */
  readonly isCopy: boolean;
  /** Whether another program has written to the file meanwhile: what is read from now on may be wrong. Never so of a copy. */
  isStale(): boolean;
  close(): void;
}

/** A copy is made again where a writer moved its log into the database meanwhile. */
const COPY_TRIES = 5;

/**
 * Opens a database to read it as it is now, without a lock, a log or any other file beside it. SQLite reads a file in WAL mode
 * so only as `immutable`, which takes it that nobody writes to it and leaves its log out (sqlite.org/wal.html, "Read-Only
 * Databases"). A file with transactions in its log, or of an older format, is therefore copied first.
 */
export function openForReading(file: string, options: OpenOptions, migrations: readonly Migration[]): Reading {
  const header = judge(file, latestVersion(migrations));
  if (header.kind === 'absent') {
    throw new UserError({ code: 'not-found', message: 'There is no database here yet', where: file });
  }
  try {
    const before = contentStamp(file);
    const isReadable = logBytes(file) === 0 && header.userVersion === latestVersion(migrations);
    return isReadable ? readInPlace(file, options, before) : readCopy(file, options, migrations);
  } catch (error) {
    throw notRead(error, file);
  }
}

function readInPlace(file: string, options: OpenOptions, before: string): Reading {
  const database = openUnchanging(file, options);
  return {
    database,
    isCopy: false,
    isStale: () => hasChanged(file, before),
    close: () => void database.close(),
  };
}

/** One that cannot be looked at any more (a share that is gone) counts as changed: opening it again says why. */
function hasChanged(file: string, before: string): boolean {
  try {
    return contentStamp(file) !== before;
  } catch {
    return true;
  }
}

function readCopy(file: string, options: OpenOptions, migrations: readonly Migration[]): Reading {
  let folder: string | null = null;
  const remove = () => folder !== null && rmSync(folder, { recursive: true, force: true });
  try {
    folder = mkdtempSync(join(tmpdir(), 'depthlab-reading-'));
    const copy = join(folder, basename(file));
    copyWithLog(file, copy);
    // Moves the log into the copy, and brings it to the present format.
    openDatabase(copy, options, migrations).close();
    const database = openUnchanging(copy, options);
    // So that nothing is left even by a process that is killed. Windows deletes no open file.
    if (process.platform !== 'win32') remove();
    const close = () => {
      database.close();
      remove();
    };
    return { database, isCopy: true, isStale: () => false, close };
  } catch (error) {
    remove();
    throw error;
  }
}

function openUnchanging(file: string, options: OpenOptions): Database {
  return checkedConnection(connectToUnchanging(file, options), (database) => {
    applyPragmas(database, 'reader');
    checkPages(database, file);
  });
}

/** Copies a database with its log as they were at one moment, also while another process writes. */
function copyWithLog(file: string, copy: string): void {
  for (let tries = 0; tries < COPY_TRIES; tries += 1) {
    const before = contentStamp(file);
    for (const suffix of ['', '-wal']) {
      rmSync(`${copy}${suffix}`, { force: true });
      if (statSync(`${file}${suffix}`, { throwIfNoEntry: false }) === undefined) continue;
      copyFileSync(`${file}${suffix}`, `${copy}${suffix}`);
      chmodSync(`${copy}${suffix}`, 0o600);
    }
    if (contentStamp(file) === before) return;
  }
  throw new UserError({
    code: 'conflict',
    message: 'The database was written to each time that it was copied for reading',
    where: file,
    hint: 'Try again when less is written to it.',
  });
}

/**
 * Changes when the database file does, and when its log begins anew. A log that only grows may be copied at any moment: SQLite
 * takes its whole transactions.
 */
function contentStamp(file: string): string {
  const found = statSync(file, { throwIfNoEntry: false });
  return `${found?.size} ${found?.mtimeMs} ${logHeader(file)}`;
}

function logHeader(file: string): string {
  if (logBytes(file) === 0) return '';
  const descriptor = openSync(`${file}-wal`, 'r');
  try {
    const header = Buffer.alloc(WAL_HEADER_BYTES);
    readSync(descriptor, header, 0, header.length, 0);
    return header.toString('hex');
  } finally {
    closeSync(descriptor);
  }
}

function logBytes(file: string): number {
  return statSync(`${file}-wal`, { throwIfNoEntry: false })?.size ?? 0;
}

/** Names the file that was to be read, not its copy; SQLite's own failures are explained by who opens. */
function notRead(error: unknown, file: string): unknown {
  if (error instanceof UserError) return new UserError({ ...error.toData(), where: file });
  if (!(error instanceof Error && 'code' in error) || isSqliteFailure(error)) return error;
  return new UserError({
    code: 'unavailable',
    message: `The database cannot be read: ${error.message}`,
    where: file,
    hint: 'The file and its -wal have to be readable, and the temporary folder (TMPDIR) needs room for a copy of them.',
  });
}
