import { existsSync } from 'node:fs';
import { setTimeout as sleep } from 'node:timers/promises';
import { contract } from '../contract/contract.ts';
import { UserError } from '../contract/errors.ts';
import type { Channel } from '../link/channel.ts';
import { createMemoryChannel } from '../link/memory.ts';
import { createClient, type Api } from '../link/rpc.ts';
import type { ToClient, ToServer } from '../link/wire.ts';
import { makeRoom } from '../store/ballast.ts';
import { obstacleToWriting } from '../store/fileSystem.ts';
import { takeOwnership, type Ownership } from '../store/ownership.ts';
import { createHost, type Host } from './host.ts';
import type { HostOptions } from './options.ts';
import { connectToOwner, listenAsOwner, ownerAddress, type OwnerDoor } from './ownerSocket.ts';
import { openReader } from './reader.ts';

/**
 * A database at hand, whoever owns it: this process, another application that this one is then a client of, or nobody, where it
 * is only read.
 */
export interface Application {
  readonly api: Api;
  readonly databaseFile: string;
  readonly role: 'owner' | 'client' | 'reader';
  /** Answers a window's or page's channel. */
  serveClient(channel: Channel<unknown, ToClient>): void;
  /** Called when this can answer no more: the owner it is a client of has gone, or the file it reads has changed. */
  onClosed(listener: () => void): void;
  /** The host, where this process is the owner. */
  readonly host: Host | null;
  close(): Promise<void>;
}

/** How long to wait for an owner that opens its socket, ends, or is brief. */
const JOIN_WAIT_MS = 10_000;
const JOIN_PAUSE_MS = 50;

const READ_ONLY_WISHED = 'It was opened with --read-only';

/** What an application does for others: one that is brief closes after its own work, and lets nobody join it. */
export interface Stay {
  readonly isBrief?: boolean;
}

/**
 * Opens a database. One process owns a file; where another application has it open, this one joins it through its
 * socket, or waits until it ends where it is brief. Where nobody may write to it, each process reads it for itself.
 * Throws why neither is possible.
 */
export async function openApplication(options: HostOptions, { isBrief = false }: Stay = {}): Promise<Application> {
  const lastTry = performance.now() + JOIN_WAIT_MS;
  for (;;) {
    const joined = options.isReadOnly ? null : await join(options.databaseFile);
    if (joined) return joined;
    const obstacle = options.isReadOnly ? READ_ONLY_WISHED : obstacleOf(options.databaseFile);
    if (obstacle !== null) return openReader(options, obstacle);
    const ownership = tryToOwn(options, performance.now() >= lastTry);
    if (ownership) return own(options, ownership, isBrief);
    await sleep(JOIN_PAUSE_MS);
  }
}

/** Why a database that is there can only be read; null where it may be changed, or made. */
function obstacleOf(databaseFile: string): string | null {
  return existsSync(databaseFile) ? obstacleToWriting(databaseFile) : null;
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
  if (!(await answers(api))) return null;
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

/** Whether somebody answers: a process that is being killed may still take a connection, and drops it. */
async function answers(api: Api): Promise<boolean> {
  try {
    await api['application.info']({});
    return true;
  } catch (error) {
    if (error instanceof UserError && error.code === 'unavailable') return false;
    throw error;
  }
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

async function own(options: HostOptions, ownership: Ownership, isBrief: boolean): Promise<Application> {
  let host: Host;
  let door: OwnerDoor | null = null;
  try {
    host = createHost(options);
    if (!isBrief) door = await listenAsOwner(options.databaseFile, (client) => host.serve(client));
  } catch (error) {
    ownership.release();
    throw error;
  }
  if (door) ownership.announce(ownerAddress(options.databaseFile));
  const [clientEnd, hostEnd] = createMemoryChannel<ToClient, ToServer>();
  host.serve(hostEnd);
  let closing: Promise<void> | null = null;
  const shutDown = async () => {
    door?.refuse();
    await host.close();
    await door?.close();
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
