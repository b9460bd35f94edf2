import type { Database } from 'better-sqlite3';

/** SQLite before this can lose confirmed rows when a checkpoint races a commit (WAL-reset bug). */
const OLDEST_SQLITE = [3, 51, 3] as const;

interface Setting {
  readonly name: string;
  readonly set: string;
  /** What SQLite answers when the setting holds. */
  readonly expected: string | number;
  /** Of no meaning to a connection that only reads. */
  readonly writersOnly?: true;
}

/** SQLite forgets all but the journal mode when a file is closed, so that they are set on every open. */
const SETTINGS: readonly Setting[] = [
  { name: 'busy_timeout', set: '5000', expected: 5000 },
  { name: 'journal_mode', set: 'WAL', expected: 'wal', writersOnly: true },
  { name: 'synchronous', set: 'FULL', expected: 2 },
  { name: 'foreign_keys', set: 'ON', expected: 1 },
  { name: 'trusted_schema', set: 'OFF', expected: 0 },
  { name: 'cell_size_check', set: 'ON', expected: 1 },
  { name: 'mmap_size', set: '0', expected: 0 },
];

/** macOS: fsync alone leaves the data in the drive's cache. */
const MACOS_SETTINGS: readonly Setting[] = [
  { name: 'fullfsync', set: 'ON', expected: 1 },
  { name: 'checkpoint_fullfsync', set: 'ON', expected: 1 },
];

/** Sets every pragma and reads it back; throws where one does not hold. */
export function applyPragmas(
  database: Database,
  access: 'writer' | 'reader',
  platform: string = process.platform,
): void {
  const settings = platform === 'darwin' ? [...SETTINGS, ...MACOS_SETTINGS] : SETTINGS;
  for (const { name, set, expected, writersOnly } of settings) {
    if (access === 'reader' && writersOnly) continue;
    database.pragma(`${name} = ${set}`);
    const actual = database.pragma(name, { simple: true });
    if (actual !== expected) throw new Error(`SQLite kept ${name} at ${String(actual)} instead of ${expected}`);
  }
}

/** Throws for an SQLite that is too old to be trusted with a run. */
export function requireRecentSqlite(version: string): void {
  const parts = version.split('.').map(Number);
  for (const [index, oldest] of OLDEST_SQLITE.entries()) {
    const part = parts[index] ?? 0;
    if (part > oldest) return;
    if (part < oldest) throw new Error(`SQLite ${version} is too old; ${OLDEST_SQLITE.join('.')} or newer is needed`);
  }
}
