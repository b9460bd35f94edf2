import type { Handlers } from '../../link/rpc.ts';
import { bytesOf, removeCheckpoints, superfluousCheckpoints } from '../checkpoints.ts';
import { settingsInEffect } from '../retention.ts';
import type { HandlerContext } from './context.ts';

type SettingsMethods = 'settings.get' | 'settings.watch' | 'settings.change' | 'settings.preview';

/** What is kept with the database, and what environment variables say instead. */
export function settingsHandlers({
  store,
  live,
  queue,
}: Pick<HandlerContext, 'store' | 'live'> & { readonly queue: Pick<HandlerContext['queue'], 'wake'> }): Pick<
  Handlers,
  SettingsMethods
> {
  const current = () => settingsInEffect(store.settings.get());
  return {
    'settings.get': current,
    'settings.watch': async function* (_arguments, signal) {
      const changes = live.changes('settings', signal);
      yield current();
      for await (const change of changes) if (change.size > 0) yield current();
    },
    'settings.change': (changes) => {
      const settings = settingsInEffect(store.settings.change(changes));
      if (changes.keepEvery !== undefined || changes.checkpointBudgetBytes !== undefined)
        removeCheckpoints(store, superfluousCheckpoints(store, settings));
      live.announce('settings', 0);
      live.announce('status', 0);
      queue.wake();
      return settings;
    },
    'settings.preview': (changes) => {
      const given = Object.entries(changes).filter(([, value]) => value !== undefined);
      const planned = { ...store.settings.get(), ...Object.fromEntries(given) };
      const going = superfluousCheckpoints(store, settingsInEffect(planned));
      return {
        checkpointBytes: store.checkpoints.bytes(),
        deletedCheckpoints: going.length,
        deletedBytes: bytesOf(going),
      };
    },
  };
}
