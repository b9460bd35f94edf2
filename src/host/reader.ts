import { contract } from '../contract/contract.ts';
import type { Channel } from '../link/channel.ts';
import { createMemoryChannel } from '../link/memory.ts';
import { createClient } from '../link/rpc.ts';
import type { ToClient, ToServer } from '../link/wire.ts';
import type { Application } from './application.ts';
import { createHost } from './host.ts';
import type { HostOptions } from './options.ts';

/** How often a file that is read in its place is looked at. */
const LOOK_MS = 1000;

/**
 * Opens a database that is only read, for the reason given. Others read it for themselves at the same time; where one of them
 * writes to it after all, this ends, and what it served is to be opened again.
 */
export function openReader(options: HostOptions, reason: string): Application {
  const host = createHost(options, reason);
  const [clientEnd, hostEnd] = createMemoryChannel<ToClient, ToServer>();
  host.serve(hostEnd);
  const clients = new Set<Channel<unknown, ToClient>>();
  const listeners: (() => void)[] = [];

  const close = () => {
    clearInterval(timer);
    return host.close();
  };
  const giveUp = async () => {
    for (const client of clients) client.close();
    await close();
    for (const listener of listeners) listener();
  };
  const timer = setInterval(() => {
    if (host.isStale()) void giveUp();
  }, LOOK_MS);
  timer.unref();

  return {
    api: createClient(contract, clientEnd),
    databaseFile: options.databaseFile,
    role: 'reader',
    host: null,
    serveClient: (client) => {
      clients.add(client);
      client.onClose(() => clients.delete(client));
      host.serve(client, 'page');
    },
    onClosed: (listener) => void listeners.push(listener),
    close,
  };
}
