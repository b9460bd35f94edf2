import { statSync } from 'node:fs';
import type { Database } from 'better-sqlite3';
import { connect } from './connect.ts';
import { damaged } from './failures.ts';
import { prepareFolder } from './fileSystem.ts';
import { APPLICATION_ID } from './header.ts';
import { judge } from './judge.ts';
import { latestVersion, migrate, type Migration } from './migrate.ts';
import { applyPragmas, requireRecentSqlite } from './pragmas.ts';

export interface OpenOptions {
  /** Opens without changing anything in the file's folder. Default false. */
  readonly readOnly?: boolean;
  /** SQLite's native binding, where it is not the checked one inside the package (env DEPTHLAB_SQLITE_BINDING). */
  readonly nativeBinding?: string | undefined;
}

/** Above this size the structure check of every page would delay the start; the chunks' own hashes remain. */
const QUICK_CHECK_BYTES = 32 * 2 ** 20;

/** Opens a database file to write to it, checks and migrates it; closes again where anything is refused. */
export function openDatabase(
  file: string,
  { nativeBinding }: Pick<OpenOptions, 'nativeBinding'>,
  migrations: readonly Migration[],
): Database {
  judge(file, latestVersion(migrations));
  prepareFolder(file);
  return checkedConnection(connect(file, { nativeBinding }), (database) => {
    if (sizeOf(file) === 0) database.pragma(`application_id = ${APPLICATION_ID}`);
    applyPragmas(database, 'writer');
    checkPages(database, file);
    migrate(database, migrations);
  });
}

/** A connection after its checks; closed where one of them throws. */
export function checkedConnection(database: Database, check: (database: Database) => void): Database {
  try {
    requireRecentSqlite(String(database.prepare('SELECT sqlite_version()').pluck().get()));
    check(database);
    return database;
  } catch (error) {
    database.close();
    throw error;
  }
}

/** The structure of a file that is small enough. */
export function checkPages(database: Database, file: string): void {
  if (sizeOf(file) > QUICK_CHECK_BYTES) return;
  const answer = database.pragma('quick_check(1)', { simple: true });
  if (answer !== 'ok') throw damaged(file, String(answer));
}

function sizeOf(file: string): number {
  return statSync(file, { throwIfNoEntry: false })?.size ?? 0;
}
