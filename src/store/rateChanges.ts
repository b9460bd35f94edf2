import type { RateChange } from '../contract/run.ts';
import type { Context } from './context.ts';

export interface RateChanges {
  list(runId: number): RateChange[];
  /** Of all runs. */
  all(): (RateChange & { readonly runId: number })[];
  /** Those of its step and later ones no longer hold. Runs inside the caller's transaction. */
  record(runId: number, change: RateChange): void;
}

const COLUMNS = 'first_step AS firstStep, learning_rate AS learningRate';

export function createRateChanges({ database }: Context): RateChanges {
  const list = database.prepare<[number], RateChange>(
    `SELECT ${COLUMNS} FROM rate_changes WHERE run_id = ? ORDER BY first_step`,
  );
  const all = database.prepare<[], RateChange & { runId: number }>(
    `SELECT run_id AS runId, ${COLUMNS} FROM rate_changes ORDER BY run_id, first_step`,
  );
  const removeFrom = database.prepare<[number, number]>(
    'DELETE FROM rate_changes WHERE run_id = ? AND first_step >= ?',
  );
  const insert = database.prepare<[number, number, number]>(
    'INSERT INTO rate_changes (run_id, first_step, learning_rate) VALUES (?, ?, ?)',
  );
  return {
    list: (runId) => list.all(runId),
    all: () => all.all(),
    record: (runId, { firstStep, learningRate }) => {
      removeFrom.run(runId, firstStep);
      insert.run(runId, firstStep, learningRate);
    },
  };
}
