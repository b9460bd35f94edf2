import type { Migration } from '../migrate.ts';

/**
 * Results on held-out images. An epoch then has none on the test images: `epochs` is built anew, since SQLite cannot drop a
 * NOT NULL, and the views with it.
 */
export const validation: Migration = {
  version: 4,
  sql: `
DROP VIEW run_overview;
DROP VIEW run_epochs;

ALTER TABLE runs ADD COLUMN validation_loss REAL;
ALTER TABLE runs ADD COLUMN validation_loss_special TEXT CHECK (validation_loss_special IN ('NaN', '-0'));
ALTER TABLE runs ADD COLUMN validation_accuracy REAL;
ALTER TABLE runs ADD COLUMN best_validation_accuracy REAL;

CREATE TABLE new_epochs (
  run_id                  INTEGER NOT NULL REFERENCES runs (id),
  epoch                   INTEGER NOT NULL CHECK (epoch >= 1),
  step                    INTEGER NOT NULL CHECK (step >= 1),
  train_loss              REAL,
  train_loss_special      TEXT CHECK (train_loss_special IN ('NaN', '-0')),
  train_accuracy          REAL NOT NULL,
  validation_loss         REAL,
  validation_loss_special TEXT CHECK (validation_loss_special IN ('NaN', '-0')),
  validation_accuracy     REAL,
  test_loss               REAL,
  test_loss_special       TEXT CHECK (test_loss_special IN ('NaN', '-0')),
  test_accuracy           REAL,
  learning_rate           REAL NOT NULL,
  elapsed_ms              REAL NOT NULL,
  PRIMARY KEY (run_id, epoch)
) STRICT, WITHOUT ROWID;
INSERT INTO new_epochs (run_id, epoch, step, train_loss, train_loss_special, train_accuracy, test_loss, test_loss_special,
                        test_accuracy, learning_rate, elapsed_ms)
SELECT run_id, epoch, step, train_loss, train_loss_special, train_accuracy, test_loss, test_loss_special, test_accuracy,
       learning_rate, elapsed_ms FROM epochs;
DROP TABLE epochs;
ALTER TABLE new_epochs RENAME TO epochs;

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

CREATE VIEW run_epochs AS
SELECT r.id AS run_id, r.name AS run, r.version, r.depth, e.epoch, e.step, e.train_loss, e.train_loss_special,
       e.train_accuracy, e.validation_loss, e.validation_loss_special, e.validation_accuracy,
       e.test_loss, e.test_loss_special, e.test_accuracy, e.learning_rate, e.elapsed_ms / 1000.0 AS elapsed_seconds
FROM runs r JOIN epochs e ON e.run_id = r.id
WHERE r.deleted_at IS NULL;
`,
};
