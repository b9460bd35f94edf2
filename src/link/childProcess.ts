import type { ChildProcess } from 'node:child_process';
import type { Channel } from './channel.ts';
import { createInbox } from './inbox.ts';

/** A channel to a child made by `fork` with `serialization: 'advanced'`. */
export function childProcessChannel<Incoming, Outgoing extends object>(
  child: ChildProcess,
): Channel<Incoming, Outgoing> {
  const inbox = createInbox<Incoming>();
  child.on('message', (message) => inbox.deliver(message as Incoming));
  child.on('disconnect', () => inbox.close());
  child.on('exit', () => inbox.close());
  return {
    send: (message) => {
      // A child that died in this moment: its exit follows and tells the listener.
      if (child.connected) child.send(message, () => undefined);
    },
    onMessage: inbox.onMessage,
    onClose: inbox.onClose,
    close: () => {
      if (child.connected) child.disconnect();
    },
  };
}
