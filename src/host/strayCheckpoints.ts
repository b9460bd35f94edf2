import { readdirSync, rmSync } from 'node:fs';
import { basename, join } from 'node:path';
import type { Store } from '../store/store.ts';
import { checkpointFolder } from './folders.ts';

/** The names that a trainer gives its files, whole or not; nothing else is ever touched. */
const OURS = /^attempt-\d+-step-\d+\.safetensors(\.partial)?$/;

/**
 * Deletes the checkpoint files of a run that no row of the store vouches for: a kill left them between their writing and their
 * commit. To be called while no trainer works on the run. A run that had checkpoints and has no row of one any more (its database
 * was salvaged) keeps its files.
 */
export function removeStrayCheckpoints(store: Pick<Store, 'file' | 'checkpoints' | 'events'>, runId: number): void {
  const folder = checkpointFolder(store.file, runId);
  const strays = namesIn(folder).filter((name) => OURS.test(name));
  if (strays.length === 0) return;
  const kept = new Set(store.checkpoints.list(runId).map(({ file }) => basename(file)));
  const lostRows = kept.size === 0 && store.events.list(runId).some(({ kind }) => kind === 'checkpoint');
  for (const name of strays) {
    if (kept.has(name) || (lostRows && !name.endsWith('.partial'))) continue;
    rmSync(join(folder, name), { force: true });
  }
}

function namesIn(folder: string): string[] {
  try {
    return readdirSync(folder);
  } catch {
    return [];
  }
}
