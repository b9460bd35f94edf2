import { mkdirSync, readdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { frame, runningRun, temporaryStore } from '../store/store.fixture.ts';
import { checkpointFolder } from './folders.ts';
import { removeStrayCheckpoints } from './strayCheckpoints.ts';

const name = (step: number) => `attempt-1-step-${step}.safetensors`;

function runWithFiles() {
  const store = temporaryStore();
  const { id, attempt } = runningRun(store);
  store.steps.append(id, attempt, frame(1, 30), 1);
  const folder = checkpointFolder(store.file, id);
  mkdirSync(folder, { recursive: true });
  for (const file of [name(10), name(20), `${name(30)}.partial`, 'notes.txt']) writeFileSync(join(folder, file), 'x');
  store.checkpoints.record(id, attempt, { step: 20, file: join(folder, name(20)), bytes: 1, sha256: 'a'.repeat(64) });
  return { store, id, folder };
}

it('deletes what no row vouches for, and nothing that is not a checkpoint', () => {
  const { store, id, folder } = runWithFiles();
  removeStrayCheckpoints(store, id);
  expect(readdirSync(folder).toSorted()).toEqual([name(20), 'notes.txt']);
});

it('keeps whole files where the rows themselves are lost', () => {
  const { store, id, folder } = runWithFiles();
  store.checkpoints.forget(id, 20);
  removeStrayCheckpoints(store, id);
  expect(readdirSync(folder).toSorted()).toEqual([name(10), name(20), 'notes.txt']);
});
