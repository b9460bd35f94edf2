import type { Migration } from '../migrate.ts';

/**
 * Runs that rest and go on: their states, and their place in the queue. `runs` is built anew, since SQLite cannot change a CHECK, and the views with it.
 */
export const pauses: Migration = {
  version: 5,
  sql: `
DROP VIEW run_overview;
DROP VIEW run_parameters;
DROP VIEW run_epochs;

CREATE TABLE new_runs (
  id                       INTEGER PRIMARY KEY AUTOINCREMENT,
  name                     TEXT NOT NULL,
  study_id                 INTEGER REFERENCES studies (id),
  study_position           INTEGER,
  state                    TEXT NOT NULL CHECK (state IN ('queued', 'preparing', 'running', 'pausing', 'paused', 'stopping',
                                                          'stopped', 'finished', 'failed', 'diverged', 'interrupted')),
  reason                   TEXT NOT NULL DEFAULT '',
  is_held                  INTEGER NOT NULL DEFAULT 0 CHECK (is_held IN (0, 1)),
  queue_position           INTEGER,
  version                  TEXT NOT NULL CHECK (version IN ('v1', 'v2')),
  depth                    INTEGER NOT NULL,
  block                    TEXT NOT NULL,
  network                  TEXT,
  height                   INTEGER NOT NULL,
  width                    INTEGER NOT NULL,
  channels                 INTEGER NOT NULL,
  classes                  INTEGER NOT NULL,
  data                     TEXT NOT NULL,
  recipe                   TEXT NOT NULL,
  created_at               INTEGER NOT NULL,
  started_at               INTEGER,
  ended_at                 INTEGER,
  elapsed_ms               REAL NOT NULL DEFAULT 0,
  attempt                  INTEGER NOT NULL DEFAULT 0,
  last_step                INTEGER NOT NULL DEFAULT 0 CHECK (last_step >= 0),
  total_steps              INTEGER NOT NULL,
  steps_per_epoch          INTEGER NOT NULL,
  parameters               INTEGER NOT NULL,
  train_loss               REAL,
  train_loss_special       TEXT CHECK (train_loss_special IN ('NaN', '-0')),
  validation_loss          REAL,
  validation_loss_special  TEXT CHECK (validation_loss_special IN ('NaN', '-0')),
  validation_accuracy      REAL,
  best_validation_accuracy REAL,
  test_loss                REAL,
  test_loss_special        TEXT CHECK (test_loss_special IN ('NaN', '-0')),
  test_accuracy            REAL,
  best_test_accuracy       REAL,
  images_per_second        REAL,
  first_step_ms            REAL,
  step_ms                  REAL,
  peak_memory_bytes        INTEGER,
  notes                    TEXT NOT NULL DEFAULT '',
  deleted_at               INTEGER,
  UNIQUE (study_id, study_position)
) STRICT;
INSERT INTO new_runs (id, name, study_id, study_position, state, reason, version, depth, block, network, height, width, channels,
                      classes, data, recipe, created_at, started_at, ended_at, elapsed_ms, attempt, last_step, total_steps,
                      steps_per_epoch, parameters, train_loss, train_loss_special, validation_loss, validation_loss_special,
                      validation_accuracy, best_validation_accuracy, test_loss, test_loss_special, test_accuracy,
                      best_test_accuracy, images_per_second, first_step_ms, step_ms, peak_memory_bytes, notes, deleted_at)
SELECT id, name, study_id, study_position, state, reason, version, depth, block, network, height, width, channels,
       classes, data, recipe, created_at, started_at, ended_at, elapsed_ms, attempt, last_step, total_steps,
       steps_per_epoch, parameters, train_loss, train_loss_special, validation_loss, validation_loss_special,
       validation_accuracy, best_validation_accuracy, test_loss, test_loss_special, test_accuracy,
       best_test_accuracy, images_per_second, first_step_ms, step_ms, peak_memory_bytes, notes, deleted_at FROM runs;
DROP TABLE runs;
ALTER TABLE new_runs RENAME TO runs;
CREATE INDEX runs_by_state ON runs (state);

CREATE VIEW run_overview AS
SELECT r.id, r.name, s.name AS study, r.state, r.reason, r.version, r.depth, r.block, r.data,
       (SELECT number FROM hyper_parameters h WHERE h.run_id = r.id AND h.name = 'seed') AS seed,
       (SELECT number FROM hyper_parameters h WHERE h.run_id = r.id AND h.name = 'learningRate') AS learning_rate,
       (SELECT number FROM hyper_parameters h WHERE h.run_id = r.id AND h.name = 'batchSize') AS batch_size,
       (SELECT number FROM hyper_parameters h WHERE h.run_id = r.id AND h.name = 'epochs') AS epochs,
       r.parameters, r.last_step, r.total_steps, r.train_loss, r.train_loss_special,
       r.validation_loss, r.validation_loss_special, r.validation_accuracy, r.best_validation_accuracy,
       r.test_loss, r.test_loss_special, r.test_accuracy, r.best_test_accuracy,
       r.images_per_second, r.step_ms, r.peak_memory_bytes,
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
       e.train_accuracy, e.validation_loss, e.validation_loss_special, e.validation_accuracy,
       e.test_loss, e.test_loss_special, e.test_accuracy, e.learning_rate, e.elapsed_ms / 1000.0 AS elapsed_seconds
FROM runs r JOIN epochs e ON e.run_id = r.id
WHERE r.deleted_at IS NULL;
`,
};
