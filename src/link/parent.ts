import type { Channel } from './channel.ts';
import { createInbox } from './inbox.ts';
import { messagePortChannel, type EmitterPort } from './messagePort.ts';

/** Electron's `process.parentPort`, as far as it is used here. */
interface ParentPort {
  on(event: 'message', listener: (event: { data: unknown; ports: EmitterPort[] }) => void): unknown;
  removeListener(event: 'message', listener: (event: { data: unknown; ports: EmitterPort[] }) => void): unknown;
}

/**
 * The channel to the process that started this one: the first port that an Electron parent hands over,
 * or the IPC channel of a Node `fork`. What is sent before the port arrives is kept.
 * Throws where the process was started by hand.
 */
export function connectToParent<Incoming, Outgoing>(): Channel<Incoming, Outgoing> {
  const { parentPort } = process as { parentPort?: ParentPort };
  if (parentPort) return connectThroughPort<Incoming, Outgoing>(parentPort);
  if (process.send) return connectThroughFork<Incoming, Outgoing>();
  throw new Error('This program is started by Depthlab; it does nothing by itself');
}

function connectThroughPort<Incoming, Outgoing>(parentPort: ParentPort): Channel<Incoming, Outgoing> {
  const inbox = createInbox<Incoming>();
  let port: Channel<Incoming, Outgoing> | null = null;
  let unsent: Outgoing[] = [];
  let closed = false;
  const takePort = (event: { ports: EmitterPort[] }) => {
    const first = event.ports[0];
    if (!first || port) return;
    parentPort.removeListener('message', takePort);
    port = messagePortChannel<Incoming, Outgoing>(first);
    port.onMessage((message) => inbox.deliver(message));
    port.onClose(() => inbox.close());
    for (const message of unsent) port.send(message);
    unsent = [];
    if (closed) port.close();
  };
  parentPort.on('message', takePort);
  return {
    send: (message) => {
      if (port) port.send(message);
      else unsent.push(message);
    },
    onMessage: inbox.onMessage,
    onClose: inbox.onClose,
    close: () => {
      closed = true;
      port?.close();
    },
  };
}

function connectThroughFork<Incoming, Outgoing>(): Channel<Incoming, Outgoing> {
  const inbox = createInbox<Incoming>();
  process.on('message', (message) => inbox.deliver(message as Incoming));
  process.on('disconnect', () => inbox.close());
  return {
    send: (message) => {
      // A parent that died between two steps: `disconnect` follows and tells the listener.
      if (process.connected) process.send?.(message, undefined, undefined, () => undefined);
    },
    onMessage: inbox.onMessage,
    onClose: inbox.onClose,
    close: () => {
      if (process.connected) process.disconnect();
    },
  };
}
