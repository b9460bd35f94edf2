import { UserError } from '../contract/errors.ts';
import type { TrainingRecipe } from '../contract/recipe.ts';
import type { RunRow } from '../contract/run.ts';
import { hasTrainer, isEnded, type RunState } from '../contract/runState.ts';
import type { FurtherSeries } from '../contract/series.ts';
import type { StudyRecord, StudyRow } from '../contract/study.ts';
import { studyNotFound } from './bin.ts';
import { type Context, read, write } from './context.ts';
import { createRunInserter, type NewRun } from './runInserter.ts';
import type { RunReader } from './runReader.ts';
import type { RunLifecycle } from './runLifecycle.ts';
import { storedRecipe } from './storedRecipe.ts';

export interface Studies {
  /** Records a study and all its runs, queued in the order given, in one transaction. */
  create(study: { name: string; request: StudyRecord; runs: readonly NewRun[] }): StudyRow;
  /** Records what a study is asked for now, and queues the runs that it lacks, in one transaction. */
  grow(id: number, grown: { request: StudyRecord; runs: readonly NewRun[] }): void;
  /** Queues further runs at the end of a study, trials of a search; returns their ids. */
  addRuns(id: number, runs: readonly NewRun[]): number[];
  /** Records that a search tries nothing more. */
  endSearch(id: number): void;
  get(id: number): StudyRow;
  /** Those of these studies that are in the file. */
  existing(ids: Iterable<number>): StudyRow[];
  /** Newest first. */
  list(options?: { deleted?: boolean }): StudyRow[];
  /** The study's runs in the order of its grid, without those in the bin. */
  runs(id: number): RunRow[];
  /** To the bin with its runs; `conflict` while one of them is active. */
  delete(id: number): void;
  /** Back with the runs that went with it. */
  restore(id: number): void;
}

interface StoredStudy {
  id: number;
  name: string;
  request: string;
  created_at: number;
  deleted_at: number | null;
}

/** As a file of an earlier version may have it. */
type StoredRequest = Omit<StudyRecord, 'recipe' | 'series'> & {
  readonly recipe: Partial<TrainingRecipe>;
  readonly series?: readonly (Omit<FurtherSeries, 'recipe'> & { readonly recipe: Partial<TrainingRecipe> })[];
};

function storedRequest(json: string): StudyRecord {
  const request = JSON.parse(json) as StoredRequest;
  return {
    ...request,
    recipe: storedRecipe(request.recipe),
    series: (request.series ?? []).map((series) => ({ ...series, recipe: storedRecipe(series.recipe) })),
  };
}

export function createStudies(context: Context, reader: RunReader, runs: Pick<RunLifecycle, 'requestStop'>): Studies {
  const { database } = context;
  const insertRun = createRunInserter(context);
  const insert = database.prepare<[string, string, number]>(
    'INSERT INTO studies (name, request, created_at) VALUES (?, ?, ?)',
  );
  const one = database.prepare<[number], StoredStudy>('SELECT * FROM studies WHERE id = ?');
  const shown = database.prepare<[], StoredStudy>('SELECT * FROM studies WHERE deleted_at IS NULL ORDER BY id DESC');
  const bin = database.prepare<[], StoredStudy>(
    'SELECT * FROM studies WHERE deleted_at IS NOT NULL ORDER BY deleted_at DESC, id DESC',
  );
  const members = database.prepare<[number, number | null], { id: number; state: RunState; isHeld: 0 | 1 }>(
    'SELECT id, state, is_held AS isHeld FROM runs WHERE study_id = ? AND deleted_at IS ? ORDER BY study_position',
  );
  /** After the last one: places of purged runs stay empty. */
  const nextPosition = database
    .prepare<[number], number>('SELECT coalesce(max(study_position) + 1, 0) FROM runs WHERE study_id = ?')
    .pluck();
  const setRequest = database.prepare<[string, number]>('UPDATE studies SET request = ? WHERE id = ?');
  const setDeleted = database.prepare<[number | null, number]>('UPDATE studies SET deleted_at = ? WHERE id = ?');
  const deleteRuns = database.prepare<[number, number]>(
    'UPDATE runs SET deleted_at = ? WHERE study_id = ? AND deleted_at IS NULL',
  );
  const restoreRuns = database.prepare<[number, number | null]>(
    'UPDATE runs SET deleted_at = NULL WHERE study_id = ? AND deleted_at IS ?',
  );

  /** A run that went to the bin by itself must not share its moment with the study's. */
  const newestDeletion = database
    .prepare<[number], number | null>('SELECT max(deleted_at) FROM runs WHERE study_id = ?')
    .pluck();

  const find = (id: number): StoredStudy => {
    const stored = one.get(id);
    if (stored === undefined) throw studyNotFound(id);
    return stored;
  };
  /** A study's runs are those that share its place: shown with it, or in the bin since the same moment. */
  const toRow = (stored: StoredStudy): StudyRow => {
    const own = members.all(stored.id, stored.deleted_at);
    return {
      id: stored.id,
      name: stored.name,
      request: storedRequest(stored.request),
      createdAt: stored.created_at,
      runIds: own.map(({ id }) => id),
      finished: own.filter(({ state }) => state === 'finished').length,
      ended: own.filter(({ state }) => isEnded(state) && state !== 'finished').length,
      pending: own.filter(({ state }) => !isEnded(state)).length,
      deletedAt: stored.deleted_at,
    };
  };

  const append = (id: number, added: readonly NewRun[]): number[] => {
    const at = Date.now();
    const first = nextPosition.get(id)!;
    return added.map((run, index) => insertRun(run, { studyId: id, position: first + index }, at));
  };

  return {
    create: ({ name, request, runs: grid }) =>
      write(context, () => {
        const at = Date.now();
        const studyId = Number(insert.run(name, JSON.stringify(request), at).lastInsertRowid);
        for (const [position, run] of grid.entries()) insertRun(run, { studyId, position }, at);
        return toRow(find(studyId));
      }),
    grow: (id, { request, runs: added }) => {
      write(context, () => {
        if (find(id).deleted_at !== null) throw inBin(id);
        setRequest.run(JSON.stringify(request), id);
        append(id, added);
      });
    },
    addRuns: (id, added) => write(context, () => append(id, added)),
    endSearch: (id) => {
      write(context, () => {
        const request = JSON.parse(find(id).request) as StudyRecord;
        if (request.search === undefined) return;
        setRequest.run(JSON.stringify({ ...request, search: { ...request.search, isOver: true } }), id);
      });
    },
    get: (id) => read(context, () => toRow(find(id))),
    existing: (ids) =>
      read(context, () =>
        [...ids].flatMap((id) => {
          const stored = one.get(id);
          return stored === undefined ? [] : [toRow(stored)];
        }),
      ),
    list: ({ deleted = false } = {}) => read(context, () => (deleted ? bin : shown).all().map(toRow)),
    runs: (id) =>
      read(context, () => {
        find(id);
        return reader.ofStudy(id);
      }),
    delete: (id) => {
      write(context, () => {
        const study = find(id);
        if (study.deleted_at !== null) return;
        const own = members.all(id, null);
        const busy = own.find(({ state, isHeld }) => hasTrainer({ state, isHeld: isHeld === 1 }));
        if (busy !== undefined) {
          throw new UserError({
            code: 'conflict',
            message: `Run ${busy.id} of study ${id} is ${busy.state}: the study cannot go to the bin`,
            where: `study ${id}`,
            hint: 'Stop the study first.',
          });
        }
        const at = Math.max(Date.now(), (newestDeletion.get(id) ?? 0) + 1);
        for (const run of own) if (run.state === 'queued') runs.requestStop(run.id, 'Its study was deleted');
        deleteRuns.run(at, id);
        setDeleted.run(at, id);
      });
    },
    restore: (id) => {
      write(context, () => {
        const study = find(id);
        if (study.deleted_at === null) return;
        restoreRuns.run(id, study.deleted_at);
        setDeleted.run(null, id);
      });
    },
  };
}

function inBin(id: number): UserError {
  return new UserError({
    code: 'conflict',
    message: `Study ${id} is in the bin`,
    where: `study ${id}`,
    hint: 'Restore it first.',
  });
}
