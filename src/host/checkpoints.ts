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

/**
 * Vouches for a new checkpoint, and only then lets go of those before the last two, except the best and every so manieth; then
 * of ended runs' older ones while all together take more than the budget.
 */
export function recordCheckpoint(store: Store, folder: string, message: CheckpointMessage, retention: Retention): void {
  const { runId, attempt, step, file, bytes, sha256 } = message;
  if (dirname(resolve(file)) !== resolve(folder)) throw new Error(`The checkpoint ${file} is outside its run's folder`);
  store.checkpoints.record(runId, attempt, { step, file, bytes, sha256 });
  const everySo = keptSteps(store, runId, retention.keepEvery);
  for (const old of spare(store, runId)) if (!everySo.has(old.step)) remove(store, runId, old);
  if (retention.budgetBytes !== null) keepBudget(store, retention.budgetBytes);
}

/** All but the last two and the best. */
function spare(store: Store, runId: number): CheckpointRow[] {
  const checkpoints = store.checkpoints.list(runId);
  const best = bestCheckpoint(store.runs.get(runId).recipe, store.epochs.list([runId]), checkpoints);
  return checkpoints.slice(KEPT).filter(({ step }) => step !== best?.step);
}

/** Steps of every so manieth checkpoint that the run's events tell of. */
function keptSteps(store: Store, runId: number, every: number | null): Set<number> {
  if (every === null) return new Set();
  const events = store.events.list(runId).filter(({ kind }) => kind === 'checkpoint');
  const steps = [...new Set(events.map(({ step }) => step))].toSorted((one, other) => one - other);
  return new Set(steps.filter((_, index) => (index + 1) % every === 0));
}

function keepBudget(store: Store, budgetBytes: number): void {
  let total = store.checkpoints.bytes();
  const spares = new Map<number, Set<number>>();
  const isSpare = (runId: number, step: number) => {
    const known = spares.get(runId) ?? new Set(spare(store, runId).map((row) => row.step));
    spares.set(runId, known);
    return known.has(step);
  };
  for (const row of store.checkpoints.all()) {
    if (total <= budgetBytes) return;
    if (!isEnded(store.runs.get(row.runId).state) || !isSpare(row.runId, row.step)) continue;
    remove(store, row.runId, row);
    total -= row.bytes;
  }
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

function remove(store: Store, runId: number, { step, file }: CheckpointRow): void {
  store.checkpoints.forget(runId, step);
  rmSync(join(checkpointFolder(store.file, runId), basename(file)), { force: true });
}
