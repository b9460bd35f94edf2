import type { Migration } from '../migrate.ts';

/** Weights, updates, activations and running variances by layer, at the steps that are observed. */
export const observations: Migration = {
  version: 8,
  sql: `
CREATE TABLE observed_layers (
  run_id   INTEGER NOT NULL REFERENCES runs (id),
  site     TEXT NOT NULL CHECK (site IN ('relu', 'batchNorm')),
  position INTEGER NOT NULL,
  name     TEXT NOT NULL,
  PRIMARY KEY (run_id, site, position)
) STRICT, WITHOUT ROWID;

CREATE TABLE observations (
  run_id   INTEGER NOT NULL REFERENCES runs (id),
  quantity TEXT NOT NULL,
  step     INTEGER NOT NULL CHECK (step >= 1),
  float32  BLOB NOT NULL CHECK (length(float32) % 4 = 0),
  PRIMARY KEY (run_id, quantity, step)
) STRICT;
`,
};
