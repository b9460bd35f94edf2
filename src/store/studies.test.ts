import { parse } from 'valibot';
import { expect, it } from 'vitest';
import { StudyRecord } from '../contract/study.ts';
import { newRun, temporaryStore } from './store.fixture.ts';

const request = parse(StudyRecord, { depths: [8], seeds: 2 });
const runs = (['v1', 'v2'] as const).flatMap((version) =>
  [1, 2].map((seed) => newRun({ network: { version, depth: 8, block: 'basic' }, recipe: { seed } })),
);

it('records a study with its whole grid, and counts how its runs stand', () => {
  const store = temporaryStore();
  const study = store.studies.create({ name: 'digits', request, runs });
  expect(study).toMatchObject({ name: 'digits', request, runIds: [1, 2, 3, 4], finished: 0, ended: 0, pending: 4 });
  const grid = store.studies.runs(study.id);
  expect(grid.map(({ network, recipe }) => [network.version, recipe.seed])).toEqual([
    ['v1', 1],
    ['v1', 2],
    ['v2', 1],
    ['v2', 2],
  ]);
  expect(grid.every(({ studyId }) => studyId === study.id)).toBe(true);
  store.runs.end(1, store.runs.startAttempt(1), { state: 'finished', reason: '', measured: null });
  store.runs.end(2, store.runs.startAttempt(2), { state: 'diverged', reason: 'NaN', measured: null });
  expect(store.studies.get(study.id)).toMatchObject({ finished: 1, ended: 1, pending: 2 });
  expect(() => store.studies.get(7)).toThrow('There is no study 7');
  expect(() => store.studies.runs(7)).toThrow('There is no study 7');
});

it('goes to the bin with its runs and comes back with those that went with it', () => {
  const store = temporaryStore();
  const { id } = store.studies.create({ name: 'digits', request, runs });
  store.runs.delete([1]);
  const attempt = store.runs.startAttempt(2);
  expect(() => store.studies.delete(id)).toThrow('cannot go to the bin');
  store.runs.end(2, attempt, { state: 'finished', reason: '', measured: null });
  store.studies.delete(id);
  store.studies.delete(id);
  expect(store.studies.list()).toEqual([]);
  expect(store.studies.list({ deleted: true })).toMatchObject([{ runIds: [2, 3, 4], finished: 1, ended: 2 }]);
  expect(store.runs.list()).toEqual([]);
  store.studies.restore(id);
  expect(store.studies.list()).toMatchObject([{ id, runIds: [2, 3, 4], deletedAt: null }]);
  expect(store.runs.list({ deleted: true }).map((run) => run.id)).toEqual([1]);
});
