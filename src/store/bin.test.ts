import { parse } from 'valibot';
import { describe, expect, it } from 'vitest';
import { StudyRecord } from '../contract/study.ts';
import { connect } from './connect.ts';
import type { Store } from './store.ts';
import { healthy, newRun, OBSERVED_LAYERS, observedFrame, runningRun, temporaryStore } from './store.fixture.ts';

const EPOCH = {
  epoch: 1,
  step: 22,
  trainLoss: 1,
  trainAccuracy: 0.5,
  validationLoss: null,
  validationAccuracy: null,
  testLoss: 1,
  testAccuracy: 0.5,
  learningRate: 0.1,
  elapsedMs: 5,
};

/** A run with something in every table, ended. */
function fullRun(store: Store): number {
  const { id, attempt } = runningRun(store, ['stem', 'head'], OBSERVED_LAYERS);
  for (let step = 1; step <= 1020; step += 60) store.steps.append(id, attempt, observedFrame(step, 60, 7), step);
  store.epochs.record(id, attempt, EPOCH);
  store.checkpoints.record(id, attempt, { step: 22, file: 'a', bytes: 100, sha256: 'a'.repeat(64) });
  store.runs.recordLearningRate(id, attempt, { firstStep: 1021, learningRate: 0.01 });
  store.runs.goBack(id, attempt, { step: 1015, text: '', cause: 'resume' });
  store.runs.end(id, attempt, { state: 'finished', reason: '', measured: null });
  store.verdicts.keep(healthy({ runId: id, lastStep: 1015 }), 1);
  store.runs.annotate({ id, tags: ['kept'] });
  return id;
}

/** Rows that name the run, in every table that there is. */
function rowsOf(store: Store, id: number): Record<string, number> {
  const database = connect(store.file, { readOnly: true });
  const tables = database
    .prepare<[], string>(
      `SELECT t.name FROM sqlite_schema t, pragma_table_info(t.name) c WHERE t.type = 'table' AND c.name = 'run_id'`,
    )
    .pluck()
    .all();
  const counts = [...tables, 'runs'].map((table) => {
    const column = table === 'runs' ? 'id' : 'run_id';
    return [table, database.prepare(`SELECT count(*) FROM ${table} WHERE ${column} = ?`).pluck().get(id) as number];
  });
  database.close();
  return Object.fromEntries(counts) as Record<string, number>;
}

describe('the purge of runs', () => {
  it('takes every row of theirs out of every table, and no other', () => {
    const store = temporaryStore();
    const [gone, kept] = [fullRun(store), fullRun(store)];
    expect(Object.values(rowsOf(store, gone)).every((count) => count > 0)).toBe(true);
    const before = rowsOf(store, kept);
    store.runs.delete([gone]);
    expect(store.bin.checkpoints().get(gone)).toMatchObject({ count: 1, bytes: 100 });
    const purged = store.bin.purgeRuns([gone, gone]);
    expect(purged).toMatchObject({ runIds: [gone], studyIds: [] });
    expect(purged.databaseBytes).toBeGreaterThan(1015 * 7 * 4);
    expect(Object.values(rowsOf(store, gone)).every((count) => count === 0)).toBe(true);
    expect(rowsOf(store, kept)).toEqual(before);
    expect(store.runs.existing([gone, kept]).map(({ id }) => id)).toEqual([kept]);
    // A number is never given twice: the folder of checkpoints is named by it.
    expect(store.runs.create(newRun()).id).toBe(kept + 1);
  });

  it('is refused as a whole where one of them is not in the bin, or unknown', () => {
    const store = temporaryStore();
    const [binned, shown] = [fullRun(store), fullRun(store)];
    store.runs.delete([binned]);
    expect(() => store.bin.purgeRuns([binned, shown])).toThrow(
      expect.objectContaining({
        code: 'conflict',
        where: `run ${shown}`,
        hint: expect.stringContaining('runs delete') as string,
      }),
    );
    expect(() => store.bin.purgeRuns([binned, 9])).toThrow('There is no run 9');
    expect(store.runs.list({ deleted: true }).map(({ id }) => id)).toEqual([binned]);
  });
});

describe('deleting and restoring several runs', () => {
  it('does all or none of it', () => {
    const store = temporaryStore();
    const [done, running] = [fullRun(store), runningRun(store).id];
    expect(() => store.runs.delete([done, running])).toThrow(`Run ${running} is running`);
    expect(() => store.runs.delete([done, 9])).toThrow('There is no run 9');
    expect(store.runs.list({ deleted: true })).toEqual([]);
    store.runs.delete([done]);
    expect(() => store.runs.restore([done, 9])).toThrow('There is no run 9');
    expect(store.runs.list({ deleted: true })).toHaveLength(1);
  });
});

describe('a study', () => {
  const request = parse(StudyRecord, { depths: [8], seeds: 2 });
  const grid = [1, 2, 3].map((seed) => newRun({ recipe: { seed } }));

  it('stays consistent when some of its runs are purged, and takes further ones', () => {
    const store = temporaryStore();
    const { id } = store.studies.create({ name: 'digits', request, runs: grid });
    store.runs.delete([1]);
    store.bin.purgeRuns([1]);
    expect(store.studies.get(id)).toMatchObject({ runIds: [2, 3], pending: 2 });
    const added = store.studies.addRuns(id, [newRun(), newRun()]);
    expect(store.studies.runs(id).map((run) => run.id)).toEqual([2, 3, ...added]);
  });

  it('is purged with its runs in the bin; one that was restored without it stays on its own', () => {
    const store = temporaryStore();
    const { id } = store.studies.create({ name: 'digits', request, runs: grid });
    const other = fullRun(store);
    expect(() => store.bin.purgeStudies([id])).toThrow('is not in the bin');
    expect(() => store.bin.purgeStudies([7])).toThrow('There is no study 7');
    store.runs.delete([3]);
    store.studies.delete(id);
    store.runs.restore([2]);
    expect(store.bin.purgeStudies([id])).toMatchObject({ studyIds: [id], runIds: [1, 3] });
    expect(store.studies.existing([id])).toEqual([]);
    expect(store.runs.list().map((run) => [run.id, run.studyId])).toEqual([
      [other, null],
      [2, null],
    ]);
    expect(store.runs.list({ deleted: true })).toEqual([]);
  });
});
