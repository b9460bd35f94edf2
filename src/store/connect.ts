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

// better-sqlite3 asks once, when its native code is loaded. Only a URI can say that a file is immutable; the other paths are
// absolute, so that none of them is taken for one.
process.env['SQLITE_USE_URI'] = '1';

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

/** Opens a file that nobody changes to read it, without locks and without its log (sqlite.org/uri.html, `immutable`). */
export function connectToUnchanging(file: string, { nativeBinding }: Pick<Connection, 'nativeBinding'>): Database {
  return connect(`${fileUri(file)}?immutable=1`, { readOnly: true, nativeBinding });
}

/** An absolute path as SQLite's `file:` URI; a drive or a share of Windows included. */
function fileUri(path: string): string {
  const slashed = process.platform === 'win32' ? path.replaceAll('\\', '/') : path;
  const encoded = slashed.split('/').map(encodeURIComponent).join('/');
  return `file://${encoded.startsWith('/') ? '' : '/'}${encoded}`;
}

function packagedBinding(): string {
  return checkSqlite(dirname(createRequire(import.meta.url).resolve('better-sqlite3/package.json')));
}
