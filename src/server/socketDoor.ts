import type { IncomingMessage } from 'node:http';
import type { Duplex } from 'node:stream';
import { WebSocketServer, type WebSocket } from 'ws';
import * as v from 'valibot';
import type { Channel } from '../link/channel.ts';
import { encode } from '../link/codec.ts';
import { AUTHENTICATED, webSocketChannel } from '../link/webSocket.ts';
import type { ToClient } from '../link/wire.ts';
import type { Session } from './session.ts';

const MAX_MESSAGE_BYTES = 1024 * 1024;
const MAX_SOCKETS = 16;
const AUTHENTICATION_MS = 5000;
/** Close codes of our own: 4000 and up are the application's. */
const REFUSED = 4001;
const TOO_MANY = 4002;

const Greeting = v.strictObject({ type: v.literal('authenticate'), token: v.pipe(v.string(), v.maxLength(200)) });

export interface SocketDoor {
  /** Takes over an upgrade that passed the gate. */
  admit(request: IncomingMessage, socket: Duplex, head: Buffer): void;
  close(): void;
}

/** Opens web sockets; one becomes a client only after its first message showed the token. */
export function createSocketDoor(
  session: Pick<Session, 'isToken'>,
  onClient: (channel: Channel<unknown, ToClient>) => void,
): SocketDoor {
  const sockets = new WebSocketServer({ noServer: true, maxPayload: MAX_MESSAGE_BYTES, perMessageDeflate: false });

  const meet = (socket: WebSocket) => {
    socket.on('error', () => undefined);
    if (sockets.clients.size > MAX_SOCKETS) return socket.close(TOO_MANY);
    const tooLate = setTimeout(() => socket.close(REFUSED), AUTHENTICATION_MS);
    socket.on('close', () => clearTimeout(tooLate));
    socket.once('message', (data, isBinary) => {
      clearTimeout(tooLate);
      if (isBinary || !isGreeting((data as Buffer).toString('utf8'), session)) return socket.close(REFUSED);
      const channel = webSocketChannel<unknown, ToClient>(socket);
      socket.send(encode(AUTHENTICATED));
      onClient(channel);
    });
  };

  return {
    admit: (request, socket, head) => sockets.handleUpgrade(request, socket, head, meet),
    close: () => {
      for (const socket of sockets.clients) socket.terminate();
      sockets.close();
    },
  };
}

function isGreeting(text: string, session: Pick<Session, 'isToken'>): boolean {
  try {
    const greeting = v.safeParse(Greeting, JSON.parse(text));
    return greeting.success && session.isToken(greeting.output.token);
  } catch {
    return false;
  }
}
