import { setTimeout as sleep } from 'node:timers/promises';
import { contract } from '../contract/contract.ts';
import { UserError } from '../contract/errors.ts';
import type { Channel } from '../link/channel.ts';
import { createMemoryChannel } from '../link/memory.ts';
import { createClient, type Api } from '../link/rpc.ts';
import type { ToClient, ToServer } from '../link/wire.ts';
import { makeRoom } from '../store/ballast.ts';
import { takeOwnership, type Ownership } from '../store/ownership.ts';
import { createHost, type Host } from './host.ts';
import type { HostOptions } from './options.ts';
import { connectToOwner, listenAsOwner, ownerAddress } from './ownerSocket.ts';

/** A database at hand, whoever owns it: this process, or another application that this one is then a client of. */
export interface Application {
  readonly api: Api;
  readonly databaseFile: string;
  readonly role: 'owner' | 'client';
  /** Answers a window's or page's channel. */
  serveClient(channel: Channel<unknown, ToClient>): void;
  /** Called when the owner that this process is a client of has gone. */
  onClosed(listener: () => void): void;
  /** The host, where this process is the owner. */
  readonly host: Host | null;
  close(): Promise<void>;
}

/** An owner that is about to open its socket, or to give up the file, needs a moment. */
const JOIN_ATTEMPTS = 30;
const JOIN_PAUSE_MS = 100;

/**
 * Opens a database. One process owns a file; where another application has it open, this one joins it through its
 * socket. Throws why neither is possible.
 */
export async function openApplication(options: HostOptions): Promise<Application> {
  for (let attempt = 1; ; attempt++) {
    const joined = await join(options.databaseFile);
    if (joined) return joined;
    const ownership = tryToOwn(options, attempt === JOIN_ATTEMPTS);
    if (ownership) return own(options, ownership);
    await sleep(JOIN_PAUSE_MS);
  }
}

/** The right to write to the file; null where another process has it, or its refusal at the last attempt. */
function tryToOwn({ databaseFile, shell }: HostOptions, isLast: boolean): Ownership | null {
  makeRoom(databaseFile);
  try {
    return takeOwnership(databaseFile, { shell, nativeBinding: process.env['DEPTHLAB_SQLITE_BINDING'] });
  } catch (error) {
    if (error instanceof UserError && error.code === 'conflict' && !isLast) return null;
    throw error;
  }
}

async function join(databaseFile: string): Promise<Application | null> {
  const channel = await connectToOwner(databaseFile);
  if (!channel) return null;
  const api = createClient(contract, channel);
  return {
    api,
    databaseFile,
    role: 'client',
    host: null,
    serveClient: (client) => void forward(client, databaseFile),
    onClosed: (listener) => channel.onClose(listener),
    close: () => Promise.resolve(channel.close()),
  };
}

/** Gives a client a connection of its own to the owner and passes its messages on as they are; the owner checks them. */
async function forward(client: Channel<unknown, ToClient>, databaseFile: string): Promise<void> {
  const owner = await connectToOwner(databaseFile);
  if (!owner) return client.close();
  owner.send({ type: 'page' });
  client.onMessage((message) => owner.send(message as ToServer));
  owner.onMessage((message) => client.send(message as ToClient));
  client.onClose(() => owner.close());
  owner.onClose(() => client.close());
}

async function own(options: HostOptions, ownership: Ownership): Promise<Application> {
  let host: Host;
  let stopListening: () => Promise<void>;
  try {
    host = createHost(options);
    stopListening = await listenAsOwner(options.databaseFile, (client) => host.serve(client));
  } catch (error) {
    ownership.release();
    throw error;
  }
  ownership.announce(ownerAddress(options.databaseFile));
  const [clientEnd, hostEnd] = createMemoryChannel<ToClient, ToServer>();
  host.serve(hostEnd);
  let closing: Promise<void> | null = null;
  const shutDown = async () => {
    await host.close();
    await stopListening();
    ownership.release();
  };
  return {
    api: createClient(contract, clientEnd),
    databaseFile: options.databaseFile,
    role: 'owner',
    host,
    serveClient: (channel) => host.serve(channel, 'page'),
    onClosed: () => undefined,
    close: () => (closing ??= shutDown()),
  };
}
