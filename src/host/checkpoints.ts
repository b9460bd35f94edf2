import { readdirSync, rmSync, statSync } from 'node:fs';
import { basename, dirname, join, resolve } from 'node:path';
import { bestCheckpoint } from '../analysis/bestCheckpoint.ts';
import type { FromTrainer } from '../contract/trainer.ts';
import type { Store } from '../store/store.ts';
import { checkpointFolder } from './folders.ts';

/** The newest one may turn out damaged: the one before stays. */
const KEPT = 2;

type CheckpointMessage = Extract<FromTrainer, { type: 'checkpoint' }>;

/** Vouches for a new checkpoint, and only then lets go of those before the last two, except the best. */
export function recordCheckpoint(store: Store, folder: string, message: CheckpointMessage): void {
  const { runId, attempt, step, file, bytes, sha256 } = message;
  if (dirname(resolve(file)) !== resolve(folder)) throw new Error(`The checkpoint ${file} is outside its run's folder`);
  store.checkpoints.record(runId, attempt, { step, file, bytes, sha256 });
  const checkpoints = store.checkpoints.list(runId);
  const best = bestCheckpoint(store.runs.get(runId).recipe, store.epochs.list([runId]), checkpoints);
  for (const old of checkpoints.slice(KEPT)) {
    if (old.step === best?.step) continue;
    store.checkpoints.forget(runId, old.step);
    rmSync(resolve(folder, basename(old.file)), { force: true });
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
