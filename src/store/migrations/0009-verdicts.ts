import type { Migration } from '../migrate.ts';

/** The verdict on the health of a run that has ended, so that its steps need not be read again for it. */
export const verdicts: Migration = {
  version: 9,
  sql: `
CREATE TABLE verdicts (
  run_id        INTEGER PRIMARY KEY REFERENCES runs (id),
  rules_version INTEGER NOT NULL,
  last_step     INTEGER NOT NULL CHECK (last_step >= 0),
  verdict       TEXT NOT NULL,
  sentence      TEXT NOT NULL,
  findings      TEXT NOT NULL CHECK (json_valid(findings)),
  checks        TEXT NOT NULL CHECK (json_valid(checks))
) STRICT;
`,
};
