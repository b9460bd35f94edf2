import type { Migration } from '../migrate.ts';

/** Data sets that were added: what is known of each, and its files with their hashes, as JSON. */
export const dataSets: Migration = {
  version: 3,
  sql: `
CREATE TABLE data_sets (
  name     TEXT PRIMARY KEY,
  info     TEXT NOT NULL,
  files    TEXT NOT NULL,
  added_at INTEGER NOT NULL
) STRICT, WITHOUT ROWID;
`,
};
