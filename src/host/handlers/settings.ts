import type { Handlers } from '../../link/rpc.ts';
import type { HandlerContext } from './context.ts';

export function settingsHandlers({
  store,
  live,
  queue,
}: HandlerContext): Pick<Handlers, 'settings.get' | 'settings.watch' | 'settings.change'> {
  return {
    'settings.get': () => store.settings.get(),
    'settings.watch': async function* (_arguments, signal) {
      const changes = live.changes('settings', signal);
      yield store.settings.get();
      for await (const change of changes) if (change.size > 0) yield store.settings.get();
    },
    'settings.change': (changes) => {
      const settings = store.settings.change(changes);
      live.announce('settings', 0);
      queue.wake();
      return settings;
    },
  };
}
