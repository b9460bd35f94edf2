import { existsSync, mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { frame, runningRun, temporaryStore } from '../../store/store.fixture.ts';
import { checkpointFolder } from '../folders.ts';
import { createLive } from '../live.ts';
import { settingsHandlers } from './settings.ts';

/** An ended run with checkpoints of the steps 1 to 9, each of a megabyte by its row, and what changes its settings. */
function checkpointed() {
  const store = temporaryStore();
  const { id, attempt } = runningRun(store);
  const folder = checkpointFolder(store.file, id);
  mkdirSync(folder, { recursive: true });
  const fileOf = (step: number) => join(folder, `attempt-1-step-${step}.safetensors`);
  store.steps.append(id, attempt, frame(1, 9), 1);
  for (let step = 1; step <= 9; step += 1) {
    writeFileSync(fileOf(step), 'weights');
    store.checkpoints.record(id, attempt, { step, file: fileOf(step), bytes: 1e6, sha256: 'a'.repeat(64) });
  }
  store.runs.end(id, attempt, { state: 'stopped', reason: '', measured: null });
  const handlers = settingsHandlers({ store, live: createLive(), queue: { wake: () => undefined } });
  const kept = () => store.checkpoints.list(id).map(({ step }) => step);
  const onDisk = () => [9, 8, 7, 6, 5, 4, 3, 2, 1].filter((step) => existsSync(fileOf(step)));
  return { handlers, kept, onDisk };
}

it('a change holds at once, and deletes what was said beforehand', async () => {
  const { handlers, kept, onDisk } = checkpointed();
  const change = { keepEvery: 3 };
  const said = { checkpointBytes: 9e6, deletedCheckpoints: 5, deletedBytes: 5e6 };
  expect(handlers['settings.preview'](change)).toEqual(said);
  expect(kept()).toHaveLength(9);
  expect(handlers['settings.change'](change)).toMatchObject({ keepEvery: 3, runsAtOnce: 1, setBy: {} });
  expect(kept()).toEqual([9, 8, 6, 3]);
  expect(onDisk()).toEqual([9, 8, 6, 3]);
  expect(handlers['settings.preview']({ checkpointBudgetBytes: 3_500_000 })).toMatchObject({ deletedBytes: 1e6 });
  await handlers['settings.change']({ checkpointBudgetBytes: 3_500_000 });
  expect(onDisk()).toEqual([9, 8, 6]);
  await handlers['settings.change']({ checkpointBudgetBytes: 1_000_000 });
  expect(kept()).toEqual([9, 8]);
});

it('a change of something else deletes nothing', async () => {
  const { handlers, kept } = checkpointed();
  await handlers['settings.change']({ runsAtOnce: 2 });
  expect(kept()).toHaveLength(9);
});
