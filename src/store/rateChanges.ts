import type { RateChange } from '../contract/run.ts';
import type { Context } from './context.ts';

export interface RateChanges {
  list(runId: number): RateChange[];
  /** Those of its step and later ones no longer hold. Runs inside the caller's transaction. */
  record(runId: number, change: RateChange): void;
}

export function createRateChanges({ database }: Context): RateChanges {
  const list = database.prepare<[number], RateChange>(
    'SELECT first_step AS firstStep, learning_rate AS learningRate FROM rate_changes WHERE run_id = ? ORDER BY first_step',
  );
  const removeFrom = database.prepare<[number, number]>(
    'DELETE FROM rate_changes WHERE run_id = ? AND first_step >= ?',
  );
  const insert = database.prepare<[number, number, number]>(
    'INSERT INTO rate_changes (run_id, first_step, learning_rate) VALUES (?, ?, ?)',
  );
  return {
    list: (runId) => list.all(runId),
    record: (runId, { firstStep, learningRate }) => {
      removeFrom.run(runId, firstStep);
      insert.run(runId, firstStep, learningRate);
    },
  };
}
