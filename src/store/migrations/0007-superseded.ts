import type { Migration } from '../migrate.ts';

/** Steps that a resumed run trains again are kept until they have been compared with what they were before. */
export const superseded: Migration = {
  version: 7,
  sql: `
CREATE TABLE superseded_steps (
  run_id  INTEGER NOT NULL REFERENCES runs (id),
  step    INTEGER NOT NULL CHECK (step >= 1),
  float32 BLOB NOT NULL CHECK (length(float32) % 4 = 0),
  PRIMARY KEY (run_id, step)
) STRICT;
ALTER TABLE runs ADD COLUMN uncompared_to INTEGER CHECK (uncompared_to >= 0);
`,
};
