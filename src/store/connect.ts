import { createRequire } from 'node:module';
import { dirname } from 'node:path';
import SQLite, { type Database } from 'better-sqlite3';
import { checkSqlite } from '../../scripts/setup/integrity.mjs';

export interface Connection {
  readonly readOnly?: boolean;
  /** Milliseconds that a statement waits for another's lock; 0: none. */
  readonly busyMs?: number;
  /** A native binding of the caller's choice; it is not checked. */
  readonly nativeBinding?: string | undefined;
}

let checkedBinding: string | null = null;

/** Opens a file with SQLite, whose native code is checked by its pinned SHA-256 before it is loaded. */
export function connect(file: string, { readOnly = false, busyMs = 5000, nativeBinding }: Connection): Database {
  return new SQLite(file, {
    readonly: readOnly,
    fileMustExist: readOnly,
    timeout: busyMs,
    nativeBinding: nativeBinding ?? (checkedBinding ??= packagedBinding()),
  });
}

function packagedBinding(): string {
  return checkSqlite(dirname(createRequire(import.meta.url).resolve('better-sqlite3/package.json')));
}
