import { expect, it } from 'vitest';
import type { DataSetInfo } from '../contract/data.ts';
import { newRun } from './records.fixture.ts';
import { temporaryStore } from './store.fixture.ts';

const info: DataSetInfo = {
  name: 'own',
  title: 'My images',
  kind: 'folder',
  storage: 'pictures',
  input: { height: 32, width: 32, channels: 3, classes: 2 },
  trainImages: 3,
  testImages: 2,
  classNames: ['cat', 'dog'],
  trainCounts: [2, 1],
  testCounts: [1, 1],
  mean: [1, 2, 3],
  std: [4, 5, 6],
  maxPixel: 255,
  source: '/images',
  licence: '',
  split: '',
  flipAllowed: true,
  notes: [],
};
const files = [{ name: 'train.safetensors', bytes: 10, sha256: 'a', mtimeMs: 1.5 }];

it('data sets are kept with their files until they are removed', () => {
  const store = temporaryStore();
  expect(store.dataSets.list()).toEqual([]);
  store.dataSets.add({ info, files });
  expect(store.dataSets.find('own')).toMatchObject({ info, files });
  expect(store.dataSets.list()).toHaveLength(1);
  expect(() => store.dataSets.add({ info, files })).toThrow('There is a data set "own" already');
  store.dataSets.remove('own');
  expect(store.dataSets.find('own')).toBeNull();
});

it('a data set stays while a run waits for it or trains on it', () => {
  const store = temporaryStore();
  store.dataSets.add({ info, files });
  const run = store.runs.create({ ...newRun(), data: 'own' });
  expect(() => store.dataSets.remove('own')).toThrow(`Run ${run.id} still needs the data set "own"`);
  store.runs.requestStop(run.id, 'no longer wanted');
  store.dataSets.remove('own');
  expect(store.dataSets.list()).toEqual([]);
});
