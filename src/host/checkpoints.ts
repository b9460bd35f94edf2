import { rmSync } from 'node:fs';
import { basename, dirname, resolve } from 'node:path';
import type { FromTrainer } from '../contract/trainer.ts';
import type { Store } from '../store/store.ts';

/** The newest one may turn out damaged: the one before stays. */
const KEPT = 2;

type CheckpointMessage = Extract<FromTrainer, { type: 'checkpoint' }>;

/** Vouches for a new checkpoint, and only then lets go of those before the last two. */
export function recordCheckpoint(store: Store, folder: string, message: CheckpointMessage): void {
  const { runId, attempt, step, file, bytes, sha256 } = message;
  if (dirname(resolve(file)) !== resolve(folder)) throw new Error(`The checkpoint ${file} is outside its run's folder`);
  store.checkpoints.record(runId, attempt, { step, file, bytes, sha256 });
  for (const old of store.checkpoints.list(runId).slice(KEPT)) {
    store.checkpoints.forget(runId, old.step);
    rmSync(resolve(folder, basename(old.file)), { force: true });
  }
}
