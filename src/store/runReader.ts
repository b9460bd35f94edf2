import type { RunRow } from '../contract/run.ts';
import type { RateChanges } from './rateChanges.ts';
import { type Context, read, runNotFound } from './context.ts';
import { type StoredRun, toRunRow } from './runRow.ts';

export interface RunReader {
  get(id: number): RunRow;
  existing(ids: Iterable<number>): RunRow[];
  list(deleted: boolean): RunRow[];
  queued(): RunRow[];
  ofStudy(studyId: number): RunRow[];
  attempt(id: number): number;
}

const SELECT = `SELECT *, (SELECT train_accuracy FROM epochs WHERE run_id = runs.id ORDER BY epoch DESC LIMIT 1)
  AS train_accuracy FROM runs`;

export function createRunReader(context: Context, rateChanges: RateChanges): RunReader {
  const { database } = context;
  const one = database.prepare<[number], StoredRun>(`${SELECT} WHERE id = ?`);
  const shown = database.prepare<[], StoredRun>(`${SELECT} WHERE deleted_at IS NULL ORDER BY id DESC`);
  const bin = database.prepare<[], StoredRun>(
    `${SELECT} WHERE deleted_at IS NOT NULL ORDER BY deleted_at DESC, id DESC`,
  );
  const queued = database.prepare<[], StoredRun>(
    `${SELECT} WHERE state = 'queued' AND deleted_at IS NULL ORDER BY queue_position, id`,
  );
  const ofStudy = database.prepare<[number], StoredRun>(
    `${SELECT} WHERE study_id = ? AND deleted_at IS NULL ORDER BY study_position`,
  );
  const tagsOfOne = database
    .prepare<[number], string>('SELECT tag FROM tags WHERE run_id = ? ORDER BY position')
    .pluck();
  const allTags = database.prepare<[], { run_id: number; tag: string }>(
    'SELECT run_id, tag FROM tags ORDER BY run_id, position',
  );

  const find = (id: number): StoredRun => {
    const stored = one.get(id);
    if (stored === undefined) throw runNotFound(id);
    return stored;
  };
  const rowOf = (stored: StoredRun): RunRow =>
    toRunRow(stored, { tags: tagsOfOne.all(stored.id), rateChanges: rateChanges.list(stored.id) });
  const many = (rows: () => StoredRun[]): RunRow[] =>
    read(context, () => {
      const tags = new Map<number, string[]>();
      for (const { run_id, tag } of allTags.iterate()) {
        const known = tags.get(run_id);
        if (known === undefined) tags.set(run_id, [tag]);
        else known.push(tag);
      }
      const rates = Map.groupBy(rateChanges.all(), ({ runId }) => runId);
      return rows().map((stored) =>
        toRunRow(stored, {
          tags: tags.get(stored.id) ?? [],
          rateChanges: (rates.get(stored.id) ?? []).map(({ runId: _, ...change }) => change),
        }),
      );
    });

  return {
    get: (id) => read(context, () => rowOf(find(id))),
    existing: (ids) =>
      read(context, () =>
        [...ids].flatMap((id) => {
          const stored = one.get(id);
          return stored === undefined ? [] : [rowOf(stored)];
        }),
      ),
    list: (deleted) => many(() => (deleted ? bin : shown).all()),
    queued: () => many(() => queued.all()),
    ofStudy: (studyId) => many(() => ofStudy.all(studyId)),
    attempt: (id) => find(id).attempt,
  };
}
