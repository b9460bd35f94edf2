import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { Duplex } from 'node:stream';
import { UserError } from '../contract/errors.ts';
import { listPageFiles } from '../host/page/files.ts';
import { PAGE_HEADERS } from '../host/page/policy.ts';
import type { Channel } from '../link/channel.ts';
import type { ToClient } from '../link/wire.ts';
import { judge } from './gate.ts';
import { createSession } from './session.ts';
import { createSocketDoor } from './socketDoor.ts';

const MAX_SESSION_BODY_BYTES = 1024;

export interface WebHostOptions {
  /** The built page. */
  readonly pageFolder: string;
  /** 0 takes a free port. */
  readonly port: number;
  /** Called with the channel of each page that showed the token. */
  readonly onClient: (channel: Channel<unknown, ToClient>) => void;
}

export interface WebHost {
  readonly port: number;
  /** An address with a new one-time code in its fragment, which a browser does not send to any server. */
  newAddress(): string;
  close(): Promise<void>;
}

/** Serves the page and its socket on 127.0.0.1 to whoever has the one-time code, and to nobody else. */
export async function startWebHost(options: WebHostOptions): Promise<WebHost> {
  const fileAt = listPageFiles(options.pageFolder);
  const session = createSession();
  const door = createSocketDoor(session, options.onClient);
  const server = createServer({ maxHeaderSize: 16 * 1024, requestTimeout: 10_000 });
  const port = () => (server.address() as AddressInfo).port;

  server.on('request', (request, response) => {
    const route = judge(request, port(), false);
    if (typeof route === 'object') return answer(response, route.status, 'text/plain', route.reason);
    if (route === 'session') return void answerSession(request, response, session.redeem);
    const file = fileAt((request.url ?? '').replace(/\?.*$/, ''));
    if (!file) return answer(response, 404, 'text/plain', 'There is no such file');
    answer(response, 200, file.contentType, request.method === 'HEAD' ? '' : file.read());
  });
  server.on('upgrade', (request: IncomingMessage, socket: Duplex, head: Buffer) => {
    const route = judge(request, port(), true);
    if (typeof route === 'object') return refuseUpgrade(socket, route.status);
    door.admit(request, socket, head);
  });
  await listen(server, options.port);

  return {
    port: port(),
    newAddress: () => `http://127.0.0.1:${port()}/#code=${session.newCode()}`,
    close: () =>
      new Promise((resolve) => {
        door.close();
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  };
}

function listen(server: Server, port: number): Promise<void> {
  return new Promise((resolve, reject) => {
    server.once('error', (error: NodeJS.ErrnoException) => {
      const taken = error.code === 'EADDRINUSE';
      reject(
        new UserError({
          code: taken ? 'bad-input' : 'failed',
          message: taken ? `Port ${port} is in use` : `The local server cannot start: ${error.message}`,
          where: '--port',
          hint: taken ? 'Choose another, or leave --port out to take a free one' : '',
        }),
      );
    });
    server.listen({ host: '127.0.0.1', port, exclusive: true }, resolve);
  });
}

async function answerSession(
  request: IncomingMessage,
  response: ServerResponse,
  redeem: (code: string) => string | null,
): Promise<void> {
  const body = await readBody(request);
  const token = body === null ? null : redeem(codeIn(body));
  if (token === null) return answer(response, 403, 'text/plain', 'The code is not valid, or was used before');
  answer(response, 200, 'application/json', JSON.stringify({ token }));
}

/** The body as text; null where it is too long or breaks off. */
async function readBody(request: IncomingMessage): Promise<string | null> {
  const pieces: Buffer[] = [];
  let bytes = 0;
  try {
    for await (const piece of request as AsyncIterable<Buffer>) {
      bytes += piece.length;
      if (bytes > MAX_SESSION_BODY_BYTES) return null;
      pieces.push(piece);
    }
  } catch {
    return null;
  }
  return Buffer.concat(pieces).toString('utf8');
}

function codeIn(body: string): string {
  try {
    const parsed: unknown = JSON.parse(body);
    if (typeof parsed !== 'object' || parsed === null || !('code' in parsed)) return '';
    return typeof parsed.code === 'string' ? parsed.code : '';
  } catch {
    return '';
  }
}

function answer(response: ServerResponse, status: number, contentType: string, body: string | Buffer): void {
  response.writeHead(status, { ...PAGE_HEADERS, 'Content-Type': contentType }).end(body);
}

function refuseUpgrade(socket: Duplex, status: number): void {
  socket.on('error', () => undefined);
  socket.end(`HTTP/1.1 ${status} Refused\r\nConnection: close\r\nContent-Length: 0\r\n\r\n`);
}
