import { UserError } from '../contract/errors.ts';
import { type Context, read, runNotFound, write } from './context.ts';
import { tablesOfRuns } from './runTables.ts';

/** What a purge took out of the file. */
export interface PurgedRows {
  readonly studyIds: readonly number[];
  readonly runIds: readonly number[];
  /** Free inside the file from now on; SQLite keeps its pages for what comes next. */
  readonly databaseBytes: number;
}

/** What was deleted softly. */
export interface Bin {
  /** How many checkpoints each run in the bin has, and their bytes; runs without any are left out. */
  checkpoints(): ReadonlyMap<number, { readonly count: number; readonly bytes: number }>;
  /** Takes every row of these runs out of the file, all or none; `conflict` where one is not in the bin. */
  purgeRuns(ids: readonly number[]): PurgedRows;
  /** The same for studies with all their runs in the bin. A run that was restored without its study stays, on its own. */
  purgeStudies(ids: readonly number[]): PurgedRows;
}

interface Place {
  readonly deletedAt: number | null;
}

/** What was deleted softly, and its end. */
export function createBin(context: Context): Bin {
  const { database } = context;
  const findRun = database.prepare<[number], Place>('SELECT deleted_at AS deletedAt FROM runs WHERE id = ?');
  const findStudy = database.prepare<[number], Place>('SELECT deleted_at AS deletedAt FROM studies WHERE id = ?');
  const runsOfStudy = database
    .prepare<[number], number>('SELECT id FROM runs WHERE study_id = ? AND deleted_at IS NOT NULL')
    .pluck();
  const detachRestored = database.prepare<[number]>(
    'UPDATE runs SET study_id = NULL, study_position = NULL WHERE study_id = ? AND deleted_at IS NULL',
  );
  const checkpoints = database.prepare<[], { runId: number; count: number; bytes: number }>(
    `SELECT run_id AS runId, count(*) AS count, sum(bytes) AS bytes FROM checkpoints
     WHERE run_id IN (SELECT id FROM runs WHERE deleted_at IS NOT NULL) GROUP BY run_id`,
  );
  const deleteFromAll = tablesOfRuns(database).map((table) =>
    database.prepare<[number]>(`DELETE FROM ${table} WHERE run_id = ?`),
  );
  const deleteRun = database.prepare<[number]>('DELETE FROM runs WHERE id = ?');
  const deleteStudy = database.prepare<[number]>('DELETE FROM studies WHERE id = ?');
  const freePages = database.prepare<[], number>('PRAGMA freelist_count').pluck();
  const pageBytes = Number(database.pragma('page_size', { simple: true }));

  /** In the bin, or refused. */
  const require = (kind: 'run' | 'study', id: number) => {
    const found = (kind === 'run' ? findRun : findStudy).get(id);
    if (found === undefined) throw kind === 'run' ? runNotFound(id) : studyNotFound(id);
    if (found.deletedAt === null) throw notInBin(kind, id);
  };
  const purgeRun = (id: number) => {
    for (const statement of deleteFromAll) statement.run(id);
    deleteRun.run(id);
  };
  const purging = (body: () => Pick<PurgedRows, 'studyIds' | 'runIds'>): PurgedRows =>
    write(context, () => {
      const before = freePages.get()!;
      return { ...body(), databaseBytes: (freePages.get()! - before) * pageBytes };
    });

  return {
    checkpoints: () => read(context, () => new Map(checkpoints.all().map((row) => [row.runId, row]))),
    purgeRuns: (ids) =>
      purging(() => {
        const runIds = [...new Set(ids)];
        for (const id of runIds) require('run', id);
        for (const id of runIds) purgeRun(id);
        return { studyIds: [], runIds };
      }),
    purgeStudies: (ids) =>
      purging(() => {
        const studyIds = [...new Set(ids)];
        for (const id of studyIds) require('study', id);
        const runIds = studyIds.flatMap((id) => runsOfStudy.all(id));
        for (const id of runIds) purgeRun(id);
        for (const id of studyIds) {
          detachRestored.run(id);
          deleteStudy.run(id);
        }
        return { studyIds, runIds };
      }),
  };
}

export function studyNotFound(id: number): UserError {
  return new UserError({ code: 'not-found', message: `There is no study ${id}`, where: `study ${id}` });
}

function notInBin(kind: 'run' | 'study', id: number): UserError {
  const first = kind === 'run' ? `Delete it first: depthlab runs delete ${id}` : 'Delete it first.';
  return new UserError({
    code: 'conflict',
    message: `${kind === 'run' ? 'Run' : 'Study'} ${id} is not in the bin, and only what is there is deleted for good`,
    where: `${kind} ${id}`,
    hint: first,
  });
}
