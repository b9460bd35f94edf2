import { createHash } from 'node:crypto';
import { existsSync, readFileSync } from 'node:fs';
import { basename, join } from 'node:path';
import SQLite from 'better-sqlite3';
import { STEP_SERIES } from '../../src/contract/frames.ts';
import { checkpointFolder } from '../../src/host/folders.ts';
import { openStore } from '../../src/store/open.ts';
import { normValue, seriesValue } from '../../src/store/records.fixture.ts';
import type { Store } from '../../src/store/store.ts';
import { LAYERS, type Ledger } from './writerOptions.ts';

/**
 * Opens a store as the next start does and says everything that is wrong in it, given what writers had confirmed. Runs that were
 * active are `interrupted` afterwards. `isWriters`: the numbers are those of a writer, which follow from their step.
 */
export function checkStore(file: string, ledger: Ledger, isWriters = true): string[] {
  let store: Store;
  try {
    store = openStore(file);
  } catch (error) {
    return [`the store cannot be opened: ${String(error)}`];
  }
  const reader = new SQLite(file, { readonly: true });
  const listSuperseded = reader.prepare<[number], number>(
    'SELECT step FROM superseded_steps WHERE run_id = ? ORDER BY step',
  );
  const superseded = (id: number) => listSuperseded.pluck().all(id);
  try {
    const left = store.runs.markInterrupted('It died');
    const wrong = left.length > 1 ? [`${left.length} runs were active at once`] : [];
    for (const { id, state } of store.runs.list()) {
      wrong.push(...checkRun(store, id, superseded(id), ledger, isWriters));
      if (!['interrupted', 'queued', 'stopped'].includes(state)) wrong.push(`run ${id} is ${state}`);
    }
    for (const [id] of ledger) if (!store.runs.list().some((run) => run.id === id)) wrong.push(`run ${id} is gone`);
    const answer = String(reader.pragma('integrity_check', { simple: true }));
    return answer === 'ok' ? wrong : [...wrong, `integrity_check: ${answer}`];
  } catch (error) {
    return [`the store cannot be read: ${String(error)}`];
  } finally {
    reader.close();
    store.close();
  }
}

/**
 * Steps are 1 to the last one, as they were recorded, and whatever was confirmed is there: after a resume, as a step that is yet to
 * be trained again.
 */
function checkRun(
  store: Store,
  id: number,
  superseded: readonly number[],
  ledger: Ledger,
  isWriters: boolean,
): string[] {
  const { lastStep } = store.runs.get(id);
  const confirmed = ledger.get(id) ?? { step: -1, checkpoint: 0 };
  const wrong: string[] = [];
  const reached = Math.max(lastStep, superseded.at(-1) ?? 0);
  if (reached < confirmed.step)
    wrong.push(`run ${id}: step ${confirmed.step} was confirmed, the file ends at ${reached}`);
  if (superseded.some((step, index) => step !== lastStep + 1 + index))
    wrong.push(`run ${id}: superseded steps have a gap`);
  for (const [column, series] of STEP_SERIES.entries()) {
    const { firstStep, values } = store.steps.readSeries(id, series);
    const right = values.every((value, index) => !isWriters || value === seriesValue(index + 1, column));
    if (values.length !== lastStep || firstStep !== 1 || !right)
      wrong.push(`run ${id}: ${series} is not 1 to ${lastStep}`);
  }
  if (lastStep > 0 && isWriters) {
    const right = store.steps.readNorms(id).layers.every(({ norm }, layer) => norm === normValue(lastStep, layer));
    if (!right || store.steps.layers(id).length !== LAYERS.length) wrong.push(`run ${id}: norms are not as recorded`);
  }
  if (store.steps.verify(id).length > 0) wrong.push(`run ${id}: a segment does not have its hash`);
  const warning = store.events.list(id).find(({ kind }) => kind === 'warning');
  if (warning) wrong.push(`run ${id}: ${warning.text}`);
  return [...wrong, ...checkCheckpoints(store, id, confirmed.checkpoint)];
}

/** Every checkpoint that the store vouches for is whole, and there is one once one was confirmed. */
function checkCheckpoints(store: Store, id: number, confirmed: number): string[] {
  const listed = store.checkpoints.list(id);
  const broken = listed.filter(({ file, sha256 }) => {
    const path = join(checkpointFolder(store.file, id), basename(file));
    return !existsSync(path) || createHash('sha256').update(readFileSync(path)).digest('hex') !== sha256;
  });
  const wrong = broken.map(({ step }) => `run ${id}: the checkpoint of step ${step} is not whole`);
  if (confirmed > 0 && listed.length === 0) wrong.push(`run ${id}: it has no checkpoint, and one was confirmed`);
  return wrong;
}
