import type { Channel } from './channel.ts';
import { createInbox } from './inbox.ts';

/** A page's MessagePort, as far as it is used here. */
export interface EventPort {
  postMessage(message: unknown): void;
  addEventListener(event: 'message', listener: (event: { data: unknown }) => void): void;
  addEventListener(event: 'close', listener: () => void): void;
  start(): void;
  close(): void;
}

/** The port of Electron's main and utility processes, as far as it is used here. */
export interface EmitterPort {
  postMessage(message: unknown): void;
  on(event: 'message', listener: (event: { data: unknown }) => void): unknown;
  on(event: 'close', listener: () => void): unknown;
  start(): void;
  close(): void;
}

/** A channel over a MessagePort of either kind. Its messages cross by structured clone. */
export function messagePortChannel<Incoming, Outgoing>(port: EventPort | EmitterPort): Channel<Incoming, Outgoing> {
  const inbox = createInbox<Incoming>();
  const receive = (event: { data: unknown }) => inbox.deliver(event.data as Incoming);
  const ended = () => inbox.close();
  if ('on' in port) {
    port.on('message', receive);
    port.on('close', ended);
  } else {
    port.addEventListener('message', receive);
    port.addEventListener('close', ended);
  }
  port.start();
  return {
    send: (message) => port.postMessage(message),
    onMessage: inbox.onMessage,
    onClose: inbox.onClose,
    close: () => {
      port.close();
      inbox.close();
    },
  };
}
