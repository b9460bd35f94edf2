import { UserError } from '../contract/errors.ts';
import type { CheckpointRow } from '../contract/run.ts';
import { type Context, write } from './context.ts';
import { requireAttempt } from './fence.ts';

export interface Checkpoints {
  /** Vouches for a file that is complete under its final name. Its step must be in the file. */
  record(
    runId: number,
    attempt: number,
    checkpoint: { step: number; file: string; bytes: number; sha256: string },
  ): CheckpointRow;
  /** Newest first. */
  list(runId: number): CheckpointRow[];
  /** Of all runs, the oldest first. */
  all(): (CheckpointRow & { readonly runId: number })[];
  /** What all of them take on the disk. */
  bytes(): number;
  /** Takes a checkpoint out of the list, before its file is deleted. */
  forget(runId: number, step: number): void;
}

const COLUMNS = 'step, file, bytes, sha256, created_at AS createdAt';

export function createCheckpoints(context: Context): Checkpoints {
  const { database } = context;
  const fence = requireAttempt(context);
  const find = database.prepare<[number, number], CheckpointRow>(
    `SELECT ${COLUMNS} FROM checkpoints WHERE run_id = ? AND step = ?`,
  );
  const list = database.prepare<[number], CheckpointRow>(
    `SELECT ${COLUMNS} FROM checkpoints WHERE run_id = ? ORDER BY step DESC`,
  );
  const all = database.prepare<[], CheckpointRow & { runId: number }>(
    `SELECT run_id AS runId, ${COLUMNS} FROM checkpoints ORDER BY created_at, run_id, step`,
  );
  const bytes = database.prepare<[], number>('SELECT coalesce(sum(bytes), 0) FROM checkpoints').pluck();
  const upsert = database.prepare<[number, number, string, number, string, number]>(
    'INSERT OR REPLACE INTO checkpoints (run_id, step, file, bytes, sha256, created_at) VALUES (?, ?, ?, ?, ?, ?)',
  );
  const remove = database.prepare<[number, number]>('DELETE FROM checkpoints WHERE run_id = ? AND step = ?');
  const announce = database.prepare<[number, number, number, string]>(
    `INSERT INTO events (run_id, at, step, kind, text) VALUES (?, ?, ?, 'checkpoint', ?)`,
  );
  return {
    record: (runId, attempt, { step, file, bytes, sha256 }) =>
      write(context, () => {
        const lastStep = fence(runId, attempt);
        if (step > lastStep) {
          throw new UserError({
            code: 'conflict',
            message: `A checkpoint of step ${step} came before the step was in the file (${lastStep})`,
            where: `run ${runId}`,
          });
        }
        const createdAt = Date.now();
        upsert.run(runId, step, file, bytes, sha256, createdAt);
        announce.run(runId, createdAt, step, `Checkpoint of step ${step}`);
        return find.get(runId, step)!;
      }),
    list: (runId) => list.all(runId),
    all: () => all.all(),
    bytes: () => bytes.get()!,
    forget: (runId, step) => {
      write(context, () => remove.run(runId, step));
    },
  };
}
