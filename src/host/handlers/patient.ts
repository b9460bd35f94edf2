import { contract } from '../../contract/contract.ts';
import type { Handlers } from '../../link/rpc.ts';
import type { Store } from '../../store/store.ts';
import { LOCK_NOTICE_MS, whileLocked } from '../storeTrouble.ts';

type Handler = (...values: unknown[]) => unknown;

/** The handlers, whose commands wait some seconds for another program's lock. Each writes to the store before it does anything else. */
export function patient(handlers: Handlers, store: Store): Handlers {
  const entries = Object.entries(handlers).map(([name, handler]) => {
    if (contract[name as keyof Handlers].kind !== 'command') return [name, handler];
    const command = handler as Handler;
    return [name, (...values: unknown[]) => whileLocked(store, () => command(...values), LOCK_NOTICE_MS)];
  });
  return Object.fromEntries(entries) as Handlers;
}
