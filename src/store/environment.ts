import type { EnvironmentEntry } from '../contract/run.ts';
import { type Context, write } from './context.ts';

export interface Environment {
  list(runId: number): EnvironmentEntry[];
}

/** What a run was trained on, with the way to record it when its trainer is ready. */
export interface RecordedEnvironment extends Environment {
  /** Replaces what an earlier attempt said. */
  replace(runId: number, entries: readonly EnvironmentEntry[]): void;
}

export function createEnvironment(context: Context): RecordedEnvironment {
  const { database } = context;
  const list = database.prepare<[number], EnvironmentEntry>(
    'SELECT name, value FROM environment WHERE run_id = ? ORDER BY position',
  );
  const clear = database.prepare<[number]>('DELETE FROM environment WHERE run_id = ?');
  const insert = database.prepare<[number, number, string, string]>(
    'INSERT INTO environment (run_id, position, name, value) VALUES (?, ?, ?, ?)',
  );
  return {
    list: (runId) => list.all(runId),
    replace: (runId, entries) => {
      write(context, () => {
        clear.run(runId);
        for (const [position, { name, value }] of entries.entries()) insert.run(runId, position, name, value);
      });
    },
  };
}
