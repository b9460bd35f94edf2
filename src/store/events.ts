import type { RunEvent } from '../contract/run.ts';
import { type Context, runNotFound, write } from './context.ts';

export interface Events {
  /** `at` is taken from the clock, `step` from the run. */
  record(runId: number, kind: RunEvent['kind'], text: string): void;
  list(runId: number): RunEvent[];
}

export function createEvents(context: Context): Events {
  const { database } = context;
  const insert = database.prepare<[number, string, string, number]>(
    'INSERT INTO events (run_id, at, step, kind, text) SELECT id, ?, last_step, ?, ? FROM runs WHERE id = ?',
  );
  const list = database.prepare<[number], RunEvent>(
    'SELECT at, step, kind, text FROM events WHERE run_id = ? ORDER BY id',
  );
  return {
    record: (runId, kind, text) => {
      write(context, () => {
        if (insert.run(Date.now(), kind, text, runId).changes === 0) throw runNotFound(runId);
      });
    },
    list: (runId) => list.all(runId),
  };
}
