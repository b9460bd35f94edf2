import { createHash } from 'node:crypto';
import { chmodSync, lstatSync, mkdirSync, realpathSync, rmSync } from 'node:fs';
import { connect, createServer } from 'node:net';
import { tmpdir, userInfo } from 'node:os';
import { basename, dirname, join } from 'node:path';
import { UserError } from '../contract/errors.ts';
import type { Channel } from '../link/channel.ts';
import { socketChannel } from '../link/socket.ts';
import type { ToClient, ToServer } from '../link/wire.ts';

/**
 * Where the owner of a database listens for other programs of the same user: a socket in a folder that only this
 * user can enter (a named pipe on Windows). The name follows from the file, so that nobody has to look it up.
 */
export function ownerAddress(databaseFile: string): string {
  const folder = dirname(databaseFile);
  mkdirSync(folder, { recursive: true });
  const name = createHash('sha256')
    .update(join(realpathSync(folder), basename(databaseFile)))
    .digest('hex')
    .slice(0, 24);
  if (process.platform === 'win32') return `\\\\.\\pipe\\depthlab-${name}`;
  return join(privateFolder(), `${name}.sock`);
}

/** Short, since a socket's path has at most 104 bytes on some systems. Refuses a folder that is not ours alone. */
function privateFolder(): string {
  const { uid } = userInfo();
  const folder = join(process.env['XDG_RUNTIME_DIR'] ?? tmpdir(), `depthlab-${uid}`);
  mkdirSync(folder, { recursive: true, mode: 0o700 });
  const found = lstatSync(folder);
  if (!found.isDirectory() || found.uid !== uid || (found.mode & 0o077) !== 0) {
    throw new UserError({
      code: 'unavailable',
      message: `The folder ${folder} does not belong to you alone`,
      where: folder,
      hint: 'Remove it, or set XDG_RUNTIME_DIR to a folder that is yours',
    });
  }
  return folder;
}

/** Where clients come in. */
export interface OwnerDoor {
  /** Lets nobody else in: who comes now waits for the next owner. */
  refuse(): void;
  /** Ends the clients' connections too. */
  close(): Promise<void>;
}

/** Opens the owner's socket; each connection is a client. */
export async function listenAsOwner(
  databaseFile: string,
  onClient: (channel: Channel<unknown, ToClient>) => void,
): Promise<OwnerDoor> {
  const address = ownerAddress(databaseFile);
  const isFile = process.platform !== 'win32';
  // Left by an owner that died: whoever gets here holds the ownership of the file.
  if (isFile) rmSync(address, { force: true });
  const server = createServer((socket) => {
    open.add(socket);
    socket.on('close', () => open.delete(socket));
    onClient(socketChannel<unknown, ToClient>(socket));
  });
  const open = new Set<{ destroy(): void }>();
  await new Promise<void>((resolve, reject) => {
    server.once('error', reject);
    server.listen(address, resolve);
  });
  if (isFile) chmodSync(address, 0o600);
  const closed = new Promise<void>((resolve) => server.once('close', resolve));
  return {
    refuse: () => void server.close(),
    close: () => {
      server.close();
      for (const socket of open) socket.destroy();
      return closed;
    },
  };
}

/** A channel to the application that owns the file; null where none listens. */
export function connectToOwner(databaseFile: string): Promise<Channel<unknown, ToServer> | null> {
  return new Promise((resolve) => {
    const socket = connect(ownerAddress(databaseFile));
    socket.once('error', () => resolve(null));
    socket.once('connect', () => resolve(socketChannel<unknown, ToServer>(socket)));
  });
}
