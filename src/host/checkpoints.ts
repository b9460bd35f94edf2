import { readdirSync, rmSync, statSync } from 'node:fs';
import { basename, dirname, join, resolve } from 'node:path';
import { bestCheckpoint } from '../analysis/bestCheckpoint.ts';
import type { CheckpointRow } from '../contract/run.ts';
import { isEnded } from '../contract/runState.ts';
import type { FromTrainer } from '../contract/trainer.ts';
import type { Store } from '../store/store.ts';
import { checkpointFolder } from './folders.ts';
import type { Retention } from './retention.ts';

/** The newest one may turn out damaged: the one before stays. */
const KEPT = 2;

type CheckpointMessage = Extract<FromTrainer, { type: 'checkpoint' }>;

/** A checkpoint that the store vouches for, with its run. */
export interface StoredCheckpoint extends CheckpointRow {
  readonly runId: number;
}

/**
 * Vouches for a new checkpoint, and only then lets go of those before the last two, except the best and every so manieth; then
 * of ended runs' older ones while all together take more than the budget.
 */
export function recordCheckpoint(store: Store, folder: string, message: CheckpointMessage, retention: Retention): void {
  const { runId, attempt, step, file, bytes, sha256 } = message;
  if (dirname(resolve(file)) !== resolve(folder)) throw new Error(`The checkpoint ${file} is outside its run's folder`);
  store.checkpoints.record(runId, attempt, { step, file, bytes, sha256 });
  removeCheckpoints(store, unkept(store, runId, retention.keepEvery));
  removeCheckpoints(store, overBudget(store, retention.checkpointBudgetBytes, []));
}

/** All checkpoints that a retention lets go of, of every run. */
export function superfluousCheckpoints(store: Store, retention: Retention): StoredCheckpoint[] {
  const runIds = new Set(store.checkpoints.all().map(({ runId }) => runId));
  const going = [...runIds].flatMap((runId) => unkept(store, runId, retention.keepEvery));
  return [...going, ...overBudget(store, retention.checkpointBudgetBytes, going)];
}

/** Rows first, so that none names a file that is gone. */
export function removeCheckpoints(store: Store, checkpoints: readonly StoredCheckpoint[]): void {
  for (const { runId, step, file } of checkpoints) {
    store.checkpoints.forget(runId, step);
    rmSync(join(checkpointFolder(store.file, runId), basename(file)), { force: true });
  }
}

/** All of a run but the last two, the best and every so manieth. */
function unkept(store: Store, runId: number, keepEvery: number | null): StoredCheckpoint[] {
  const everySo = keptSteps(store, runId, keepEvery);
  return spare(store, runId).filter(({ step }) => !everySo.has(step));
}

/** All but the last two and the best. */
function spare(store: Store, runId: number): StoredCheckpoint[] {
  const checkpoints = store.checkpoints.list(runId);
  if (checkpoints.length <= KEPT) return [];
  const best = bestCheckpoint(store.runs.get(runId).recipe, store.epochs.list([runId]), checkpoints);
  return checkpoints
    .slice(KEPT)
    .filter(({ step }) => step !== best?.step)
    .map((row) => ({ ...row, runId }));
}

/** Steps of every so manieth checkpoint that the run's events tell of. */
function keptSteps(store: Store, runId: number, every: number | null): Set<number> {
  if (every === null) return new Set();
  const events = store.events.list(runId).filter(({ kind }) => kind === 'checkpoint');
  const steps = [...new Set(events.map(({ step }) => step))].toSorted((one, other) => one - other);
  return new Set(steps.filter((_, index) => (index + 1) % every === 0));
}

/** The oldest spare ones of ended runs, until what is left once those `going` are gone fits into the budget. */
function overBudget(store: Store, budgetBytes: number | null, going: readonly StoredCheckpoint[]): StoredCheckpoint[] {
  if (budgetBytes === null) return [];
  const nameOf = ({ runId, step }: StoredCheckpoint) => `${runId} ${step}`;
  const gone = new Set(going.map(nameOf));
  let total = store.checkpoints.bytes() - bytesOf(going);
  const spares = new Map<number, Set<string>>();
  const isSpare = (row: StoredCheckpoint) => {
    const known = spares.get(row.runId) ?? new Set(spare(store, row.runId).map(nameOf));
    spares.set(row.runId, known);
    return known.has(nameOf(row));
  };
  const found: StoredCheckpoint[] = [];
  for (const row of store.checkpoints.all()) {
    if (total <= budgetBytes) break;
    if (gone.has(nameOf(row)) || !isEnded(store.runs.get(row.runId).state) || !isSpare(row)) continue;
    found.push(row);
    total -= row.bytes;
  }
  return found;
}

export function bytesOf(checkpoints: readonly Pick<CheckpointRow, 'bytes'>[]): number {
  return checkpoints.reduce((sum, { bytes }) => sum + bytes, 0);
}

/** What a run's folder of checkpoints held when it was deleted; `fault`: why it could not be, else null. */
export interface DeletedFolder {
  readonly folder: string;
  readonly count: number;
  readonly bytes: number;
  readonly fault: string | null;
}

/** Deletes a purged run's folder of checkpoints, with whatever an ended trainer left in it. */
export function deleteCheckpoints(databaseFile: string, runId: number): DeletedFolder {
  const folder = checkpointFolder(databaseFile, runId);
  try {
    const sizes = readdirSync(folder).map((name) => statSync(join(folder, name)).size);
    rmSync(folder, { recursive: true });
    return { folder, count: sizes.length, bytes: sizes.reduce((sum, size) => sum + size, 0), fault: null };
  } catch (error) {
    const code = error instanceof Error && 'code' in error ? String(error.code) : String(error);
    // A run that never trained has no folder.
    return { folder, count: 0, bytes: 0, fault: code === 'ENOENT' ? null : code };
  }
}
