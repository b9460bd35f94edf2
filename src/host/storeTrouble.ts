import { setTimeout as sleep } from 'node:timers/promises';
import { UserError } from '../contract/errors.ts';
import type { Store } from '../store/store.ts';

/** Pause before a write is tried again that another program's lock was in the way of. */
export const LOCK_RETRY_MS = 250;
/** A lock that lasts longer is worth a notice. */
export const LOCK_NOTICE_MS = 5000;
/**
 * How long a write of the host waits for a lock before it is tried again later: SQLite waits in this thread, which answers the
 * window meanwhile.
 */
export const LOCK_WAIT_MS = 30;

export const LOCK_NOTICE =
  'Another program holds the database locked. Nothing is lost: Depthlab waits until it can write';

/** What keeps the store from being written, where it may pass; null for a refusal of what was to be written. */
export function troubleOf(error: unknown, store: Pick<Store, 'file'>): 'locked' | 'disk' | null {
  if (!(error instanceof UserError)) return null;
  if (error.code === 'conflict' && error.where === store.file) return 'locked';
  return error.code === 'unavailable' && error.where === store.file ? 'disk' : null;
}

/** Runs `write` until no other program's lock is in its way; throws what it throws otherwise, or the lock's refusal after `limitMs`. */
export async function whileLocked<Result>(
  store: Pick<Store, 'file'>,
  write: () => Result,
  limitMs = Infinity,
  onWait: (isLong: boolean) => void = () => undefined,
): Promise<Awaited<Result>> {
  for (const start = performance.now(); ;) {
    try {
      return await write();
    } catch (error) {
      const waitedMs = performance.now() - start;
      if (troubleOf(error, store) !== 'locked' || waitedMs > limitMs) throw error;
      onWait(waitedMs > LOCK_NOTICE_MS);
      await sleep(LOCK_RETRY_MS);
    }
  }
}
