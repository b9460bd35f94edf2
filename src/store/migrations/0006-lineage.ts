import type { Migration } from '../migrate.ts';

/**
 * Runs that were forked, extended or had their learning rate changed, and the application's settings. `events` is built anew, since
 * SQLite cannot change a CHECK.
 */
export const lineage: Migration = {
  version: 6,
  sql: `
ALTER TABLE runs ADD COLUMN parent_id INTEGER REFERENCES runs (id) ON DELETE SET NULL;
ALTER TABLE runs ADD COLUMN parent_step INTEGER;

CREATE TABLE rate_changes (
  run_id        INTEGER NOT NULL REFERENCES runs (id),
  first_step    INTEGER NOT NULL CHECK (first_step >= 1),
  learning_rate REAL NOT NULL CHECK (learning_rate > 0),
  PRIMARY KEY (run_id, first_step)
) STRICT, WITHOUT ROWID;

CREATE TABLE settings (
  name  TEXT PRIMARY KEY,
  value TEXT NOT NULL
) STRICT, WITHOUT ROWID;

CREATE TABLE new_events (
  id     INTEGER PRIMARY KEY AUTOINCREMENT,
  run_id INTEGER NOT NULL REFERENCES runs (id),
  at     INTEGER NOT NULL,
  step   INTEGER NOT NULL,
  kind   TEXT NOT NULL CHECK (kind IN ('state', 'checkpoint', 'warning', 'change')),
  text   TEXT NOT NULL
) STRICT;
INSERT INTO new_events (id, run_id, at, step, kind, text) SELECT id, run_id, at, step, kind, text FROM events;
DROP TABLE events;
ALTER TABLE new_events RENAME TO events;
CREATE INDEX events_by_run ON events (run_id);
`,
};
