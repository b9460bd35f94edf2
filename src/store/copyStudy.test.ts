import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { parse } from 'valibot';
import { expect, it } from 'vitest';
import { StudyRecord } from '../contract/study.ts';
import { copyStudy, type KeptLayers } from './copyStudy.ts';
import { openStore } from './open.ts';
import { frame, healthy, newRun, temporaryFolder } from './store.fixture.ts';

const READY = {
  layers: ['stem', 'head'],
  parameters: 77_754,
  totalSteps: 110,
  stepsPerEpoch: 22,
  environment: [],
};
const request = parse(StudyRecord, { depths: [8], seeds: 2 });

/** A database with a run alone, and a study of two seeds that have made three steps. */
function filled(): string {
  const file = join(temporaryFolder(), 'runs.db');
  const store = openStore(file);
  store.runs.create(newRun());
  const runs = [1, 2].map((seed) => newRun({ recipe: { seed } }));
  const { runIds } = store.studies.create({ name: 'digits', request, runs });
  for (const id of runIds) {
    const attempt = store.runs.startAttempt(id);
    store.runs.markReady(id, attempt, READY);
    store.steps.append(id, attempt, frame(1, 3), 1);
    store.runs.end(id, attempt, { state: 'finished', reason: '', measured: null });
    store.verdicts.keep(healthy({ runId: id, lastStep: 3 }), 1);
  }
  store.close();
  return file;
}

function copied(layers: KeptLayers) {
  const file = filled();
  const target = join(temporaryFolder(), 'copy.db');
  copyStudy(file, target, 1, layers, {});
  return openStore(target);
}

it('has the study alone, with all that its runs recorded', () => {
  const store = copied('all');
  expect(store.studies.list()).toMatchObject([{ id: 1, name: 'digits', runIds: [2, 3] }]);
  expect(store.runs.list({}).map(({ id }) => id)).toEqual([3, 2]);
  expect(store.steps.readNorms(3, 2).layers).toHaveLength(READY.layers.length);
  expect([2, 3].flatMap((id) => store.steps.verify(id))).toEqual([]);
  store.close();
});

it('keeps values by layer of the first seed only, and reads the other runs as ones that have none', () => {
  const store = copied('first-seed');
  expect(store.steps.readNorms(2, 2).layers).toHaveLength(READY.layers.length);
  expect(store.steps.readNorms(3, 2).layers).toEqual([]);
  expect(store.steps.readFlowMap(3, 'gradientNorm', { columns: 16 }).steps).toHaveLength(0);
  expect(store.steps.readSeries(3, 'loss').values).toHaveLength(3);
  expect([2, 3].map((id) => store.verdicts.find(id, 1)?.verdict)).toEqual(['healthy', undefined]);
  store.close();
});

it('refuses a file that is there and a study that is not, and leaves nothing behind', () => {
  const file = filled();
  const target = join(temporaryFolder(), 'copy.db');
  expect(() => copyStudy(file, file, 1, 'all', {})).toThrow('There is a file of that name already');
  expect(() => copyStudy(file, target, 9, 'all', {})).toThrow('There is no study 9');
  expect([target, `${target}.partial`].filter(existsSync)).toEqual([]);
});
