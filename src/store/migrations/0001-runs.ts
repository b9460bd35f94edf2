import type { Migration } from '../migrate.ts';

/**
 * The first format. Values that SQLite cannot keep in a REAL column are flagged beside it: `<name>_special` is 'NaN'
 * (SQLite stores NULL) or '-0' (it stores 0). Chunks hold little-endian float32 and keep every bit.
 */
export const runs: Migration = {
  version: 1,
  sql: `
CREATE TABLE studies (
  id         INTEGER PRIMARY KEY AUTOINCREMENT,
  name       TEXT NOT NULL,
  request    TEXT NOT NULL,
  created_at INTEGER NOT NULL,
  deleted_at INTEGER
) STRICT;

CREATE TABLE runs (
  id                     INTEGER PRIMARY KEY AUTOINCREMENT,
  name                   TEXT NOT NULL,
  study_id               INTEGER REFERENCES studies (id),
  study_position         INTEGER,
  state                  TEXT NOT NULL CHECK (state IN ('queued', 'preparing', 'running', 'stopping', 'stopped',
                                                        'finished', 'failed', 'diverged', 'interrupted')),
  reason                 TEXT NOT NULL DEFAULT '',
  version                TEXT NOT NULL CHECK (version IN ('v1', 'v2')),
  depth                  INTEGER NOT NULL,
  block                  TEXT NOT NULL,
  height                 INTEGER NOT NULL,
  width                  INTEGER NOT NULL,
  channels               INTEGER NOT NULL,
  classes                INTEGER NOT NULL,
  data                   TEXT NOT NULL,
  recipe                 TEXT NOT NULL,
  created_at             INTEGER NOT NULL,
  started_at             INTEGER,
  ended_at               INTEGER,
  elapsed_ms             REAL NOT NULL DEFAULT 0,
  attempt                INTEGER NOT NULL DEFAULT 0,
  last_step              INTEGER NOT NULL DEFAULT 0 CHECK (last_step >= 0),
  total_steps            INTEGER NOT NULL,
  steps_per_epoch        INTEGER NOT NULL,
  parameters             INTEGER NOT NULL,
  train_loss             REAL,
  train_loss_special     TEXT CHECK (train_loss_special IN ('NaN', '-0')),
  test_loss              REAL,
  test_loss_special      TEXT CHECK (test_loss_special IN ('NaN', '-0')),
  test_accuracy          REAL,
  best_test_accuracy     REAL,
  images_per_second      REAL,
  first_step_ms          REAL,
  step_ms                REAL,
  peak_memory_bytes      INTEGER,
  notes                  TEXT NOT NULL DEFAULT '',
  deleted_at             INTEGER,
  UNIQUE (study_id, study_position)
) STRICT;
CREATE INDEX runs_by_state ON runs (state);

CREATE TABLE hyper_parameters (
  run_id INTEGER NOT NULL REFERENCES runs (id),
  name   TEXT NOT NULL,
  number REAL,
  text   TEXT,
  PRIMARY KEY (run_id, name),
  CHECK (number IS NULL OR text IS NULL)
) STRICT, WITHOUT ROWID;
CREATE INDEX hyper_parameters_by_number ON hyper_parameters (name, number);

CREATE TABLE tags (
  run_id   INTEGER NOT NULL REFERENCES runs (id),
  position INTEGER NOT NULL,
  tag      TEXT NOT NULL,
  PRIMARY KEY (run_id, position)
) STRICT, WITHOUT ROWID;

CREATE TABLE environment (
  run_id   INTEGER NOT NULL REFERENCES runs (id),
  position INTEGER NOT NULL,
  name     TEXT NOT NULL,
  value    TEXT NOT NULL,
  PRIMARY KEY (run_id, position)
) STRICT, WITHOUT ROWID;

CREATE TABLE layers (
  run_id   INTEGER NOT NULL REFERENCES runs (id),
  position INTEGER NOT NULL,
  name     TEXT NOT NULL,
  PRIMARY KEY (run_id, position)
) STRICT, WITHOUT ROWID;

CREATE TABLE epochs (
  run_id             INTEGER NOT NULL REFERENCES runs (id),
  epoch              INTEGER NOT NULL CHECK (epoch >= 1),
  step               INTEGER NOT NULL CHECK (step >= 1),
  train_loss         REAL,
  train_loss_special TEXT CHECK (train_loss_special IN ('NaN', '-0')),
  train_accuracy     REAL NOT NULL,
  test_loss          REAL,
  test_loss_special  TEXT CHECK (test_loss_special IN ('NaN', '-0')),
  test_accuracy      REAL NOT NULL,
  learning_rate      REAL NOT NULL,
  elapsed_ms         REAL NOT NULL,
  PRIMARY KEY (run_id, epoch)
) STRICT, WITHOUT ROWID;

CREATE TABLE series_chunks (
  run_id     INTEGER NOT NULL REFERENCES runs (id),
  series     TEXT NOT NULL,
  first_step INTEGER NOT NULL,
  count      INTEGER NOT NULL CHECK (count >= 1),
  float32    BLOB NOT NULL CHECK (length(float32) = 4 * count),
  PRIMARY KEY (run_id, series, first_step)
) STRICT;

CREATE TABLE norm_chunks (
  run_id     INTEGER NOT NULL REFERENCES runs (id),
  stride     INTEGER NOT NULL CHECK (stride IN (1, 10, 100)),
  first_step INTEGER NOT NULL,
  count      INTEGER NOT NULL CHECK (count >= 1),
  float32    BLOB NOT NULL CHECK (length(float32) % (4 * count) = 0),
  PRIMARY KEY (run_id, stride, first_step)
) STRICT;

CREATE TABLE segments (
  run_id     INTEGER NOT NULL REFERENCES runs (id),
  first_step INTEGER NOT NULL,
  count      INTEGER NOT NULL CHECK (count BETWEEN 1 AND 1000),
  sha256     TEXT NOT NULL CHECK (length(sha256) = 64),
  PRIMARY KEY (run_id, first_step)
) STRICT, WITHOUT ROWID;

CREATE TABLE events (
  id     INTEGER PRIMARY KEY AUTOINCREMENT,
  run_id INTEGER NOT NULL REFERENCES runs (id),
  at     INTEGER NOT NULL,
  step   INTEGER NOT NULL,
  kind   TEXT NOT NULL CHECK (kind IN ('state', 'checkpoint', 'warning')),
  text   TEXT NOT NULL
) STRICT;
CREATE INDEX events_by_run ON events (run_id);

CREATE TABLE checkpoints (
  run_id     INTEGER NOT NULL REFERENCES runs (id),
  step       INTEGER NOT NULL,
  file       TEXT NOT NULL,
  bytes      INTEGER NOT NULL,
  sha256     TEXT NOT NULL,
  created_at INTEGER NOT NULL,
  PRIMARY KEY (run_id, step)
) STRICT, WITHOUT ROWID;

CREATE VIEW run_overview AS
SELECT r.id, r.name, s.name AS study, r.state, r.reason, r.version, r.depth, r.block, r.data,
       (SELECT number FROM hyper_parameters h WHERE h.run_id = r.id AND h.name = 'seed') AS seed,
       (SELECT number FROM hyper_parameters h WHERE h.run_id = r.id AND h.name = 'learningRate') AS learning_rate,
       (SELECT number FROM hyper_parameters h WHERE h.run_id = r.id AND h.name = 'batchSize') AS batch_size,
       (SELECT number FROM hyper_parameters h WHERE h.run_id = r.id AND h.name = 'epochs') AS epochs,
       r.parameters, r.last_step, r.total_steps, r.train_loss, r.train_loss_special, r.test_loss, r.test_loss_special,
       r.test_accuracy, r.best_test_accuracy, r.images_per_second, r.step_ms, r.peak_memory_bytes,
       r.elapsed_ms / 1000.0 AS elapsed_seconds,
       datetime(r.created_at / 1000, 'unixepoch') AS created_utc,
       (SELECT group_concat(tag, ', ') FROM (SELECT tag FROM tags WHERE run_id = r.id ORDER BY position)) AS tags
FROM runs r LEFT JOIN studies s ON s.id = r.study_id
WHERE r.deleted_at IS NULL;

CREATE VIEW run_parameters AS
SELECT r.id AS run_id, r.name AS run, h.name, coalesce(h.number, h.text) AS value
FROM runs r JOIN hyper_parameters h ON h.run_id = r.id
WHERE r.deleted_at IS NULL;

CREATE VIEW run_epochs AS
SELECT r.id AS run_id, r.name AS run, r.version, r.depth, e.epoch, e.step, e.train_loss, e.train_loss_special,
       e.train_accuracy, e.test_loss, e.test_loss_special, e.test_accuracy, e.learning_rate,
       e.elapsed_ms / 1000.0 AS elapsed_seconds
FROM runs r JOIN epochs e ON e.run_id = r.id
WHERE r.deleted_at IS NULL;
`,
};
