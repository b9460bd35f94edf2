import { UserError } from '../contract/errors.ts';
import type { Channel } from './channel.ts';
import { decode, encode } from './codec.ts';
import { createInbox } from './inbox.ts';

/** A web socket, as far as it is used here: a browser's or the `ws` package's. */
export interface TextSocket {
  send(text: string): void;
  close(): void;
  addEventListener(event: 'open' | 'close' | 'error', listener: () => void): void;
  addEventListener(event: 'message', listener: (event: { data: unknown }) => void): void;
}

/** First message of a client on a new socket; the server answers `AUTHENTICATED` or closes. */
export interface Authentication {
  readonly type: 'authenticate';
  readonly token: string;
}
export const AUTHENTICATED = { type: 'authenticated' } as const;

/** A channel over an open socket. A message that cannot be read closes it. */
export function webSocketChannel<Incoming, Outgoing>(socket: TextSocket): Channel<Incoming, Outgoing> {
  const inbox = createInbox<Incoming>();
  let open = true;
  const end = () => {
    open = false;
    inbox.close();
  };
  socket.addEventListener('message', ({ data }) => {
    let message: Incoming;
    try {
      message = decode(String(data)) as Incoming;
    } catch {
      socket.close();
      return end();
    }
    inbox.deliver(message);
  });
  socket.addEventListener('close', end);
  socket.addEventListener('error', () => undefined);
  return {
    send: (message) => {
      if (open) socket.send(encode(message));
    },
    onMessage: inbox.onMessage,
    onClose: inbox.onClose,
    close: () => {
      socket.close();
      end();
    },
  };
}

/**
 * The client's side of a new socket: sends the token and resolves once the server accepted it.
 * Rejects with `unavailable` where the server refuses the token or is gone.
 */
export function authenticate<Incoming, Outgoing>(
  socket: TextSocket,
  token: string,
): Promise<Channel<Incoming, Outgoing>> {
  return new Promise((resolve, reject) => {
    socket.addEventListener('open', () => {
      const greeting: Authentication = { type: 'authenticate', token };
      socket.send(encode(greeting));
    });
    let accepted = false;
    socket.addEventListener('message', () => {
      if (accepted) return;
      accepted = true;
      resolve(webSocketChannel<Incoming, Outgoing>(socket));
    });
    socket.addEventListener('close', () => {
      if (accepted) return;
      reject(
        new UserError({
          code: 'unavailable',
          message: 'Depthlab does not answer this page',
          hint: 'Open the address that the command prints; if it has stopped, start it again',
        }),
      );
    });
  });
}
