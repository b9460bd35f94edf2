import { statSync } from 'node:fs';
import { resolve } from 'node:path';
import type { Database } from 'better-sqlite3';
import { UserError } from '../contract/errors.ts';
import { assemble } from './assemble.ts';
import { connect } from './connect.ts';
import { damaged, explaining, isSqliteFailure } from './failures.ts';
import { prepareFolder } from './fileSystem.ts';
import { APPLICATION_ID, type FileHeader, readHeader } from './header.ts';
import { latestVersion, migrate, type Migration } from './migrate.ts';
import { migrations as ours } from './migrations/index.ts';
import { applyPragmas, requireRecentSqlite } from './pragmas.ts';
import type { Store } from './store.ts';

export interface OpenOptions {
  /** Opens without changing a byte; for readers beside the owner. Default false. */
  readonly readOnly?: boolean;
  /** SQLite's native binding, where it is not the checked one inside the package (env DEPTHLAB_SQLITE_BINDING). */
  readonly nativeBinding?: string | undefined;
}

/** Above this size the structure check of every page would delay the start; the chunks' own hashes remain. */
const QUICK_CHECK_BYTES = 32 * 2 ** 20;

/**
 * Opens a Depthlab database, making it (and its folder) where there is none. The file is judged before SQLite touches
 * it: one made by a newer Depthlab, by another program, or a damaged one is refused with its bytes as they were.
 * `readOnly` opens beside the owner; writing calls then throw.
 */
export function openStore(file: string, options: OpenOptions = {}): Store {
  const path = resolve(file);
  const database = explaining(path, () => openDatabase(path, options, ours));
  try {
    return assemble({ database, file: path }, options.readOnly ?? false);
  } catch (error) {
    database.close();
    throw isSqliteFailure(error) ? damaged(path, error.message) : error;
  }
}

/** Opens, checks and migrates; closes again where anything is refused. */
export function openDatabase(file: string, options: OpenOptions, migrations: readonly Migration[]): Database {
  const readOnly = options.readOnly ?? false;
  judge(file, readOnly, latestVersion(migrations));
  if (!readOnly) prepareFolder(file);
  const database = connect(file, options);
  try {
    requireRecentSqlite(String(database.prepare('SELECT sqlite_version()').pluck().get()));
    if (!readOnly && sizeOf(file) === 0) database.pragma(`application_id = ${APPLICATION_ID}`);
    applyPragmas(database, readOnly);
    if (sizeOf(file) <= QUICK_CHECK_BYTES) checkPages(database, file);
    if (!readOnly) migrate(database, migrations);
    return database;
  } catch (error) {
    database.close();
    throw error;
  }
}

function judge(file: string, readOnly: boolean, latest: number): void {
  const header = readableHeader(file);
  if (header.kind === 'absent') {
    if (!readOnly) return;
    throw new UserError({ code: 'not-found', message: 'There is no database here yet', where: file });
  }
  if (header.kind === 'other' || header.applicationId !== APPLICATION_ID) {
    throw new UserError({
      code: 'bad-input',
      message: 'This file is not a Depthlab database; it was left as it is',
      where: file,
      hint: 'Choose another file with --db.',
    });
  }
  if (header.userVersion > latest) {
    throw new UserError({
      code: 'unavailable',
      message: `This database was made by a newer Depthlab (format ${header.userVersion}, this one reads up to ${latest}); it was left as it is`,
      where: file,
      hint: 'Update Depthlab, or choose another file with --db.',
    });
  }
  if (readOnly && header.userVersion < latest) {
    throw new UserError({
      code: 'unavailable',
      message: `This database has the older format ${header.userVersion}`,
      where: file,
      hint: 'Open it once with the application, which brings it to the present format after setting a copy aside.',
    });
  }
  if (header.truncated) throw damaged(file, 'its end is missing');
}

function readableHeader(file: string): FileHeader {
  try {
    return readHeader(file);
  } catch (error) {
    const code = error instanceof Error && 'code' in error ? String(error.code) : String(error);
    throw new UserError({
      code: 'bad-input',
      message:
        code === 'EISDIR' ? 'This is a folder, not a database file' : `The database file cannot be read (${code})`,
      where: file,
      hint: 'Name a file of your own with --db.',
    });
  }
}

function checkPages(database: Database, file: string): void {
  const answer = database.pragma('quick_check(1)', { simple: true });
  if (answer !== 'ok') throw damaged(file, String(answer));
}

function sizeOf(file: string): number {
  return statSync(file, { throwIfNoEntry: false })?.size ?? 0;
}
