import { closeSync, existsSync, fsyncSync, openSync, renameSync, rmSync } from 'node:fs';
import type { Database } from 'better-sqlite3';
import { APPLICATION_ID } from './header.ts';

/** One step of the file's format. `sql` runs inside a transaction that also sets `user_version`. */
export interface Migration {
  readonly version: number;
  readonly sql: string;
}

/** The format number that a migrated file has. */
export function latestVersion(migrations: readonly Migration[]): number {
  return migrations.at(-1)?.version ?? 0;
}

/**
 * Brings an open database to the newest format: a whole copy is set aside first where it holds an older one, then each
 * migration is one transaction. Returns the copy's name, or null where none was needed.
 */
export function migrate(database: Database, migrations: readonly Migration[]): string | null {
  const from = Number(database.pragma('user_version', { simple: true }));
  const missing = migrations.filter((migration) => migration.version > from);
  if (missing.length === 0) return null;
  const copy = from > 0 ? copyAside(database, from) : null;
  database.pragma('foreign_keys = OFF');
  for (const migration of missing) {
    database
      .transaction(() => {
        database.exec(migration.sql);
        const broken = database.pragma('foreign_key_check') as unknown[];
        if (broken.length > 0) throw new Error(`Migration ${migration.version} breaks references between tables`);
        database.pragma(`application_id = ${APPLICATION_ID}`);
        database.pragma(`user_version = ${migration.version}`);
      })
      .immediate();
  }
  database.pragma('foreign_keys = ON');
  database.pragma('wal_checkpoint(TRUNCATE)');
  return copy;
}

/** `VACUUM INTO` reads one consistent state, as the backup API does, and needs no event loop. */
function copyAside(database: Database, version: number): string {
  const target = freeName(`${database.name}.format-${version}.backup`);
  const temporary = `${target}.partial`;
  rmSync(temporary, { force: true });
  database.prepare('VACUUM INTO ?').run(temporary);
  const descriptor = openSync(temporary, 'r+');
  fsyncSync(descriptor);
  closeSync(descriptor);
  renameSync(temporary, target);
  return target;
}

function freeName(wanted: string): string {
  for (let number = 1; ; number += 1) {
    const name = number === 1 ? wanted : `${wanted}-${number}`;
    if (!existsSync(name)) return name;
  }
}
