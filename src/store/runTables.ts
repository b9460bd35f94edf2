import type { Database } from 'better-sqlite3';

/** Every table whose rows belong to a run, as the schema itself says. */
export function tablesOfRuns(database: Database): string[] {
  return database
    .prepare<[], string>(
      `SELECT tables.name FROM sqlite_schema AS tables, pragma_foreign_key_list(tables.name) AS keys
       WHERE tables.type = 'table' AND keys."table" = 'runs' AND keys."from" = 'run_id'`,
    )
    .pluck()
    .all();
}
