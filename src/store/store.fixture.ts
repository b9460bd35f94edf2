import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { onTestFinished } from 'vitest';
import { UserError } from '../contract/errors.ts';
import { openStore } from './open.ts';
import type { Store } from './store.ts';

/** A fresh folder of the test's own, gone when it ends. */
export function temporaryFolder(): string {
  const folder = mkdtempSync(join(tmpdir(), 'depthlab-store-'));
  onTestFinished(() => {
    rmSync(folder, { recursive: true, force: true });
  });
  return folder;
}

/** A fresh store; closed when the test ends. */
export function temporaryStore(): Store {
  const store = openStore(join(temporaryFolder(), 'depthlab.db'));
  onTestFinished(() => {
    store.close();
  });
  return store;
}

export * from './records.fixture.ts';

/** What an action is refused with. */
export function refusal(action: () => unknown): UserError {
  try {
    action();
  } catch (error) {
    if (error instanceof UserError) return error;
    throw error;
  }
  throw new Error('Nothing was refused');
}
