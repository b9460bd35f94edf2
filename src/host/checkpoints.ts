import { rmSync } from 'node:fs';
import { basename, dirname, resolve } from 'node:path';
import { bestCheckpoint } from '../analysis/bestCheckpoint.ts';
import type { FromTrainer } from '../contract/trainer.ts';
import type { Store } from '../store/store.ts';

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
